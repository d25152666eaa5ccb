import { describe, expect, test } from 'vitest'
import { heard, idsOf } from './sample.ts'

describe('a task, rather than a role', () => {
  test.each([
    ['I have to upload fine-tuning files to the prod OpenAI resource', 'openai-prod-contributor'],
    ['need to rotate a secret in kv-ai-prod for 30m', 'keyvault-prod-secrets-officer'],
    ['I need to purge documents from the production search index, 1h', 'search-prod-index-contributor'],
    ['could you let us tweak the alert rules of the monitoring workspace for an hour?', 'ai-monitoring-contributor'],
  ])('is met by the narrowest entry that fits: "%s"', (text, id) => {
    const ask = heard(text)
    expect([ask.intent, idsOf(ask)]).toEqual(['request', [id]])
  })

  test('is told with the words that led to it', () => {
    const ask = heard('I have to upload fine-tuning files to the prod OpenAI resource')
    expect(ask.because?.words).toEqual(['upload', 'finetuning', 'files', 'prod', 'openai'])
  })

  test('that nothing in the catalogue allows is met by nothing', () => {
    expect(idsOf(heard('I need to restart the SAP payroll batch for 2h'))).toEqual([])
  })
})

const scope =
  '/subscriptions/99fa5619/resourceGroups/rg-ai-prod/providers/Microsoft.CognitiveServices/accounts/aoai-prod'
const denied = (action: string) =>
  `The client does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid.`

describe('an error of Azure, pasted', () => {
  test.each([
    ['Microsoft.CognitiveServices/accounts/deployments/write', 'openai-prod-contributor'],
    ['Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action', 'openai-prod-user'],
  ])('about %s finds the narrowest role on that resource which allows it', (action, id) => {
    expect(idsOf(heard(denied(action)))).toEqual([id])
  })

  test('names broader roles that would lift it as well, after the narrowest', () => {
    const ask = heard(denied('Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action'))
    expect(ask.broader).toEqual(['openai-prod-contributor', 'foundry-prod-developer'])
  })

  test.each([
    ["Resource 'pip-1' was disallowed by policy. Policy: ai-sandbox-no-public-ip", 'exempt-public-ip'],
    [
      'RequestDisallowedByPolicy "Required tags on AI sandbox resources" (ai-sandbox-required-tags)',
      'exempt-required-tags',
    ],
  ])('finds the exemption from the policy that it names: %s', (text, id) => {
    expect(idsOf(heard(text))).toEqual([id])
  })

  test('alone is a question, and with a wish beside it a request', () => {
    const error = denied('Microsoft.CognitiveServices/accounts/deployments/write')
    expect(heard(error).intent).toBe('catalogue')
    expect(heard(`${error} I need the role for 2h`)).toMatchObject({ intent: 'request' })
  })
})
