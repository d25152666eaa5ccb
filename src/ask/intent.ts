import type { Intent, Stretch } from './ask.ts'

/** What is known of a message when its intent is judged. */
export interface Signs {
  /** Something of the catalogue, or a role on the never list, is named. */
  readonly names: boolean
  /** A person other than by "I" is named. */
  readonly person: boolean
  readonly ticket: boolean
  readonly length: boolean
  /** It opens by asking for what it names, as {@link asksPlainly} says. */
  readonly plainly: boolean
}

type Rule = readonly [intent: Intent, pattern: RegExp, when?: (signs: Signs) => boolean]

const personNamed = (signs: Signs): boolean => signs.person
const thingNamed = (signs: Signs): boolean => signs.names

// In order: the first that fits decides. Questions come before requests, because a question about a thing is never a
// request for it. Every gap is bounded, so that reading stays linear in the length of the text.
const rules: readonly Rule[] = [
  ['none', /\b(?:no need|don'?t|do not) (?:to )?(?:extend|renew) (?:anything|it)\b(?!.{0,40}\b(?:take|close|end)\b)/],
  ['end', /\b(?:don'?t|do not) extend\b/],
  [
    'cancel',
    /\b(?:cancel|withdraw|retract|scrap|recall|forget|abort|drop|nevermind|never mind|do not process|don'?t process|pull back)\b.{0,60}\brequest|\b(?:cancel|withdraw|retract)\b|\bi asked for\b.{0,80}\b(?:nobody|not) (?:has )?approved|\b(?:do not|don'?t) process\b|\bdon'?t need\b.{0,60}\bi asked for\b|^(?:never ?mind|scrap (?:it|that))\b/,
  ],
  [
    'recap',
    /\brecap\b|\bwhat (?:did i|have i|was|were)\b.{0,20}\b(?:change|changed|do|done|touch)|\bsummary of my\b|\b(?:which|what) changes did\b|\btrail of\b/,
  ],
  [
    'delegate',
    /\bdelegat(?:e|ion)\b|\b(?:in my place|on my behalf|for me until|takes? (?:over )?my (?:decisions|approvals)|hand my\b.{0,30}\bapprovals)|\b(?:approve|approves|decide|decides)\b.{0,10}\bfor me\b/,
    personNamed,
  ],
  [
    'pending',
    /\b(?:waiting|waits|pending|open|queue|left)\b.{0,30}\b(?:for me|my (?:decision|approval)|on me)\b|\bmy approval queue\b|\bneeds? my (?:decision|approval)|\b(?:i have|have i|i need|for me) to (?:approve|decide)|\banything (?:waiting )?(?:for me )?to (?:approve|decide)|^pending\b/,
  ],
  [
    'why',
    /^(?:so |and |hm+,? |just curious,? )?why\b|\bwhat would happen if\b|\bdo i need (?:a|an|any|the)\b.{0,40}\b(?:ticket|approval|justification|reason)|\b(?:longest|how long can|maximum|max(?:imum)? (?:time|duration))\b.{0,40}\b(?:can|may|i|for)\b|\bwhat(?:'s| is| are) the (?:rules?|limits?|polic)|\bwhy (?:was|did|is|do|can)\b/,
  ],
  [
    'approvers',
    /(?:^(?:so |and |hey,? )?|[,?.] )wh(?:o|om|ose)\b.{0,60}\b(?:approv|sign(?:s|ed)? (?:it )?off|decid|owns?|owner|convince|authori[sz]e|confirm|say yes)|\bneeds? (?:one|two|three|\d|any) approvals?\b|\bis it .{1,40} who approves|^approvers?\b/,
  ],
  [
    'holders',
    /\bwho(?:'s| is| has| holds| had| got| can| all has| currently)\b.{0,60}|^list (?:everyone|everybody|all people|who)\b|\bwhat does\b.{1,30}\bhold|^holders\b/,
    (signs) => signs.names || signs.person,
  ],
  [
    'holders',
    /^(?:does|is|has|do) (?!my |i |it |the |there )\p{L}{1,20}\b.{0,20}\b(?:still|now|have|got|hold|currently)\b/u,
    personNamed,
  ],
  // Said outright: later words such as "stop it" tell of the trouble, not of what is asked.
  [
    'request',
    /\b(?:give me|(?:can|could|may) (?:i|we) (?:please )?(?:have|get|hv)|(?:i|we) (?:could|may) have)\b(?!.{0,80}\b(?:longer|another|more)\b)/,
    thingNamed,
  ],
  [
    'status',
    /\b(?:any news|news on|update on|status|where (?:is|does|do|are) (?:my|it|the)|where is it stuck|is it stuck|still waiting|gone through|approved (?:yet|or not)|is my\b.{0,40}\brequest|has\b.{1,60}\bbeen approved|happening with my)\b/,
  ],
  [
    'revoke',
    /\b(?:take|kick|remove|revoke|strip|pull|throw|shut down|end|terminate|cut)\b.{0,60}/,
    (signs) => signs.person,
  ],
  [
    'expiring',
    /^(?!.{0,80}\+ ?\d).{0,200}\b(?:expir(?:e|es|ing|y|ation)|run(?:s|ning)? out|time is left|time left|how (?:much|long).{0,20}\b(?:left|still valid|remain)|when does\b.{0,60}\bend|still valid)\b(?!.{0,60}\b(?:renew|extend|another|longer)\b)/,
  ],
  [
    'end',
    /\b(?:i'?m|im|i am|all|we'?re|am) (?:done|finished|through)\b|^(?:done|finished) (?:w\/|with)|\b(?:give|hand|take)\b.{0,30}\bback\b|\byou can have\b.{0,40}\bback\b|\bdeactivate\b|\b(?:drop|end|close|stop|return|release) (?:my|everything|all|the|it|both)\b|\bno longer need|\bno need for\b|\b(?:don'?t|do not) need\b.{0,40}\b(?:any ?more|any longer)|\bturn\b.{0,60}\boff\b|^end\b/,
  ],
  [
    'mine',
    /\bwhat (?:am i|do i|roles? (?:am|do)|can i) (?:holding|hold|have|currently|got|activate)|\b(?:show|list)(?: me)?(?: all)? my\b|\bmy (?:access|roles|rights)\b(?!.{0,20}\b(?:last|longer|extend))|\b(?:do|am|have) i (?:still|already|eligible|currently|got)|\bwhich roles?\b.{0,30}\b(?:turn on|activate|eligible)|\bam i eligible|^mine\b/,
  ],
  [
    'extend',
    /\b(?:extend|prolong|renew|lengthen)\b|\b(?:need|for|want|by|keep|stay)\b.{0,60}\b(?:more (?:minutes|mins|hours?|time|days?)|longer|another)\b|\blast until\b|^\+ ?\d|\b\d+ ?(?:more|extra|additional) (?:min|hour|hr|day|week)|\b(?:one|two|three) more (?:min|hour|hr|day|week)/,
  ],
  [
    'catalogue',
    /\bwhat can (?:i|we) (?:ask|request|get|order)|\b(?:which|what) (?:role|package|access|group|coding|exception|sandbox|entitlement|permission)s?\b.{0,60}\b(?:let|allow|can|exist|for|do i need|would i need|are there|fit)|\b(?:list|show)(?: me)?(?: all)?(?: the)? .{0,20}\b(?:packages|roles|exceptions|entitlements|catalogue|catalog)\b|\bwhat(?:'s| is) the difference\b|\bwhat would i need\b|\bis there (?:a|an|any)\b.{0,20}\b(?:package|role|access)|^(?:catalogue|catalog)\b|\bcan open prs\?/,
  ],
  [
    'help',
    /^(?:help|commands?|\?+|man|usage|menu|info)\b|\bhow (?:does this|do i (?:word|use|ask)|can you help)|\bwhat can you do\b/,
  ],
]

// The commonest turns of other languages, so that a question or a farewell in them is not taken for a request.
const otherTongues: readonly Rule[] = [
  ['why', /^(?:warum|wieso|weshalb|¿?por qué|pourquoi|por que)(?=\s)/],
  ['approvers', /^¿?(?:wer|quién|quien|qui|quem)(?=\s).{0,40}(?:genehmig|freigeb|aprob|aprov|valid|approuv)/],
  ['holders', /^¿?(?:wer|quién|quien|qui|quem)(?=\s)/, thingNamed],
  ['pending', /wartet.{0,30}(?:auf meine|auf mich)|(?:espera|attend).{0,20}(?:mi decisión|ma décision)/],
  ['cancel', /^(?:annule|annuler|cancela|storniere)(?=\s)|zurückziehen|anula mi/],
  ['revoke', /(?:^|\s)(?:quítale|quita|entferne|nimm|retire)(?=\s)/, personNamed],
  [
    'end',
    /(?:bin|ich bin) fertig|zurücknehmen|zurückgeben|ya no necesito|terminei|n'ai plus besoin|brauche.{0,40} nicht mehr/,
  ],
  ['extend', /verlänger|prolonger|prolonge|prorrog|alargar/],
  ['mine', /^welche rollen|^qué roles|^quels rôles|持っている権限/],
  ['catalogue', /posso pedir|puedo pedir|puis-je demander/],
  ['smalltalk', /^(?:guten (?:morgen|tag|abend)|danke|gracias|merci|bonjour|hola|obrigad[oa]).{0,20}$|ありがとう/],
]

/** Asking in the form of a question is still asking: "can I have", "could you give me", "would it be possible". */
const asking =
  /\b(?:need|want|give me|get me|i'?d like|i would like|can i|could i|may i|can we|could we|could you|can you|would it be possible|please|pls|plz|requesting|request|grant|activate|elevate|enable|allow|open|raise|switch on|access)\b/
const question =
  /^(?:(?:and|so|hey|hi|ok|btw),? )?(?:what|which|who|whom|whose|when|where|why|how|does|do|did|is|are|am|has|have i|was|were)(?:'s|'re)?\b/
/** A wish with a length of time is one for access, if only by the task: "I'd need to read the blobs for an hour". */
const wishing =
  /\b(?:i|we)(?:'d|'ll)?(?: would| only| just| really){0,2} (?:need|want|like|must)\b|^(?:need|want|would like)\b|\b(?:give|get) me\b/
const accessNoun =
  /\b(?:access|role|admin(?:istrator)?s?|rights|permissions?|contributor|reader|owner|operator|elevat\w{1,5}|exception|exemption|pim)\b/
const smalltalk =
  /^(?:(?:hi|hiya|hello|hey|yo|good (?:morning|afternoon|evening|day)|morning|thanks|thank you|thx|ty|cheers|ok(?:ay)?|great|lol|nice|bye|cool|perfect|many thanks|you'?re)\b[\s,!.]{0,5}){1,5}/

const opening =
  /^(?:[\s,.:!-]|(?:i|i'd|i'll|we|we'd|need|needs|want|please|pls|plz|can|could|may|would|it|be|possible|have|get|give|me|us|like|hi|hello|hey|there|good|morning|afternoon|the|a|an|to|urgent|urgently|asap|some|requesting|request|access|for|grant|activate|enable|role|just|now)(?![\p{L}\p{N}'])){0,40}$/iu
const opensAsking = /\b(?:need|want|have|get|give|like|requesting|request|grant|activate|enable)\b/i
const moreTime = /\b(?:longer|another|extend|renew|prolong)\b|\bmore (?:min|hour|hr|time|day|week)|\+ ?\d/i
const renewingElse = /\bto (?:extend|renew|prolong) (?:the|a|an|our|their|its|some|all) (?!access\b|role\b|time\b)/gi
const aboutRequest = /^\s{0,3}(?:request|status|approval|again\?)/i
const takenBack = /\b(?:cancel|withdraw|forget|drop|end|stop|close) (?:it|that|this|my)\b/i

/**
 * Whether a message opens by asking for what it names: then what follows is the reason, whatever verbs are in it.
 * "AI admin 1h to cancel the broken rollout" cancels no request.
 */
export function asksPlainly(text: string, named: Stretch, length: boolean): boolean {
  const before = text.slice(0, named.from).replaceAll('’', "'")
  if (before.length > 120 || !opening.test(before) || !(length || opensAsking.test(before))) return false
  const after = text.slice(named.to)
  // Something else is to be extended or renewed with it: "for 1 hour to renew the certificate".
  const asked = text.slice(0, named.to) + after.replace(renewingElse, ' ')
  return !moreTime.test(asked) && !aboutRequest.test(after) && !takenBack.test(after)
}

/** The intent of a message's words; small letters, curly quotes made straight. */
export function intentOf(text: string, signs: Signs): Intent {
  const words = text.toLowerCase().replaceAll('’', "'").trim()
  // A greeting before the matter is no matter.
  const matter = words.replace(
    /^(?:(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening)|do you think)(?: (?:there|bot|all|team))?[\s,!.]{1,5})+/,
    '',
  )
  if (signs.plainly) return 'request'
  const rule = [...otherTongues, ...rules].find(
    ([, pattern, when]) => pattern.test(matter) && (when === undefined || when(signs)),
  )
  if (rule !== undefined && !(rule[0] === 'end' && /\bno wait\b.{0,10}\bi do\b/.test(matter))) return rule[0]
  if (question.test(matter)) return 'none'
  if (thingNamed(signs)) return 'request'
  if (asking.test(matter) && accessNoun.test(matter)) return 'request'
  if (signs.length && (signs.ticket || wishing.test(matter))) return 'request'
  if (accessNoun.test(matter) && signs.length) return 'request'
  return smalltalk.test(words) && words.length < 80 ? 'smalltalk' : 'none'
}
