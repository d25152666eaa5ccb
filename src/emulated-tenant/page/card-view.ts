import type * as Renderer from 'adaptivecards'
import type { Card, Press } from './api.ts'
import { hostConfig } from './host-config.ts'
import { markdownToHtml } from './markdown.ts'
import { type Search, wireTypeahead } from './typeahead.ts'

// The official renderer, loaded as a classic script before this one.
declare const AdaptiveCards: typeof Renderer

/**
 * Draws a card with the official renderer. Its colours are variables of the page, so that a change of theme needs no
 * drawing anew and costs nobody what they typed.
 */
export function renderCard(source: Card, onPress: (press: Press, title: string) => void, search: Search): HTMLElement {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownToHtml(text)
    result.didProcess = true
  }
  const card = new AdaptiveCards.AdaptiveCard()
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig)
  card.onExecuteAction = (action) => {
    const title = action.title ?? ''
    if (action instanceof AdaptiveCards.OpenUrlAction) window.open(action.url, '_blank', 'noopener')
    else if (action instanceof AdaptiveCards.ExecuteAction)
      onPress({ verb: action.verb, data: typeof action.data === 'object' ? action.data : {} }, title)
    else if (action instanceof AdaptiveCards.SubmitAction)
      onPress({ title, inputs: typeof action.data === 'object' ? action.data : {} }, title)
  }
  // Teams takes `Data.Query` on cards of 1.5; the renderer knows it from 1.6 on.
  card.parse({ ...source, version: '1.6' })
  const element = card.render()
  if (element) wireTypeahead(card, search)
  if (element) return element
  const fallback = document.createElement('p')
  fallback.textContent = String(source['fallbackText'] ?? 'This card cannot be shown.')
  return fallback
}
