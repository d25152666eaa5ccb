import type { Intent } from './ask.ts'

/** Of a sentence's gist; 3 says it outright, 2 by its form, 1 hints at it. */
export type Rule = readonly [intent: Intent, strength: number, pattern: RegExp, unless?: RegExp]

const start = String.raw`^ (?:(?:greet|thank|praise|please|and|you|wrong|,|now|still|_ ,|can you|me know) )*`
const at = (pattern: string): RegExp => new RegExp(start + pattern)

const wants = 'need|give|get|activate|allow|raise'
/** "I need", "can I have", "please give me", "could you open". */
const asking = at(
  String.raw`(?:(?:i|me|you|can|could|whether|whether|be|person|other|please|my|if|not|do|_) ){0,5}(?:${wants}|have|open) `,
)

// In order: the first rule that fits a sentence decides it. The signs are told in lexicon.ts and gist.ts. A gap never
// crosses a comma, and is bounded, so that reading stays linear.
export const rules: readonly Rule[] = [
  ['revoke', 3, /^ (?:please )?person (?:be thing )?(?:need|can) (?:be )?(?:take|end|cancel|off) /, / i | length /],
  ['why', 3, /^ (?:can|do|be) (?:i|person|_) .*thing if (?:i|person|_) /, / (?:please|length) /],
  ['end', 3, /^ (?:greet )?thing (?:can )?(?:end|off|back) (?:, (?:thank|please) )?$/],
  ['status', 3, /^ yet (?:approve|denied) /],
  ['holders', 3, / have who /, / (?:need|give|approve) /],
  ['mine', 3, / i (?:still )?(?:activate|have) rights what /],
  ['expiring', 3, /^ do what my (?:[^ ,]+ )?(?:end|expire) /],
  ['approvers', 3, /^ do thing (?:status|_) person /],
  ['cancel', 3, / , (?:please )?cancel (?:please )?$/, / (?:person|who|length|need thing) /],
  [
    'status',
    3,
    /^ (?:.* , )?status (?:\? )?$|whether (?:person|other|_) have (?:approve|status) |^ (?:have|do|be) (?:be )?(?:denied|approve) (?:\? )?$|^ (?:can you )?(?:list )?where (?:be )?ticket |^ did everyone (?:get |have )?(?:application|ticket) /,
    / (?:need|give|rule) /,
  ],
  [
    'mine',
    3,
    /^ (?:which|what) (?:rights |thing )?be my (?:\? )?$|^ (?:please )?recap (?:of )?my (?:_ |still )?rights (?:please )?$|^ what be i _ (?:\? )?$/,
  ],
  [
    'expiring',
    3,
    /^ (?:which|what) (?:of )?my (?:[^ ,]+ ){0,2}(?:end|expire) |^ (?:do|be|can) my (?:[^ ,]+ ){0,3}keep |^ (?:what|which) (?:[^ ,]+ ){0,3}extend /,
    / (?:please|length) /,
  ],
  [
    'pending',
    3,
    /^ (?:do )?everyone (?:wait|need|have) (?:[^ ,]+ )?me |^ which (?:approval|application) (?:[^ ,]+ ){0,4}(?:open|still) |^ be i wait everyone /,
  ],
  [
    'why',
    3,
    /^ if (?!.* (?:need|give|length|please|,) )|^ can i application for |^ need i |^ (?:do|must) you need (?:[^ ,]+ )?rule |^ can _ (?:get|have) thing (?!.*(?:length|please|ticket))/,
  ],
  ['holders', 3, /^ how have thing |^ be thing (?:[^ ,]+ ){0,2}everyone |^ who (?:have )?(?:still )?(?:\? )?$/],
  ['revoke', 3, /person (?:[^ ,]+ ){0,3}off thing /, / (?:i|give) .*thing.*length/],
  ['end', 3, / cancel my (?:_ )?rights (?!.*application)/],
  [
    'why',
    3,
    / can (?:i )?if |^ can i approve |^ howlong (?:for )?can |^ (?:do|be|can) thing (?:need |have )?rule |^ can i (?:get|have) thing not rule (?!.*length)/,
    / extend /,
  ],
  [
    'status',
    3,
    /^ (?:what|who|where|when|how|why) (?:be |can |do |have |_ |not |status ){0,4}my (?:[^ ,]+ ){0,2}application |^ exist (?:[^ ,]+ )?approval (?:[^ ,]+ )?(?:ticket|my) |^ (?:have|do|did|be) person status |^ (?:have|do|did|be) my (?:[^ ,]+ ){0,4}(?:approve|denied) |whether my (?:[^ ,]+ ){0,3}application |^ when .* status /,
    / (?:denied|if|rule|cancel|unneeded|need|give) /,
  ],
  [
    'expiring',
    3,
    /^ (?:do|be|can) my (?:[^ ,]+ ){0,3}(?:end|expire|left) |^ (?:please )?(?:give|list) (?:me )?expire |^ which (?:[^ ,]+ ){0,4}expire /,
    / (?:application|approve) /,
  ],
  [
    'catalogue',
    3,
    /^ what can i (?:have|get|asked) (?:\? )?$|(?:^|,) (?:and )?(?:which|what) rights be (?:other |_ |\? )?$|^ what (?:be )?exist |^ be thing (?:[^ ,]+ )?lets |^ (?:list )?what thing (?:be|do|lets) |^ (?:[^ ,]+ )?what (?:be )?exist if i /,
  ],
  ['recap', 3, /^ what status (?:[^ ,]+ ){0,2}during |^ what have did /],
  ['mine', 3, /^ (?:where|which rights|what rights|what thing) be i |^ my (?:_ )?rights (?:please )?$/],
  ['holders', 3, /^ how (?:me|everyone|_) (?:still )?have thing |^ which _ (?:be )?have thing /],
  [
    'approvers',
    3,
    /^ who can (?:give|allow) (?:[^ ,]+ )?thing |^ how (?:[^ ,]+ ){0,4}(?:approve|approval) (?:[^ ,]+ ){0,3}thing /,
    / my /,
  ],
  [
    'pending',
    3,
    /^ (?:who|what|which) (?:[^ ,]+ )?wait (?:(?:for )?me|approve|\? |$)|^ (?:have|do|be) i (?:[^ ,]+ ){0,3}(?:approve|approval) |^ (?:please )?list (?:still )?open (?:approval|application) /,
    / (?:wait for approval|thing|my) /,
  ],
  [
    'revoke',
    3,
    / unneeded (?:[^ ,]+ )?thing for person | cancel person be (?:[^ ,]+ )?(?:thing|rights) | cancel (?:my )?(?:thing|rights) (?:for |of )?person | person (?:[^ ,]+ ){0,4}, (?:please |so |and )*(?:take|end) (?:_ |other )/,
    / (?:application|asked|approve|need|i do) /,
  ],
  ['delegate', 3, / (?:application|approval) (?:for )?person .*(?:away|during) /, / who /],
  [
    'end',
    3,
    / cancel my (?:thing|rights) (?:rights|, done) | thing (?:[^ ,]+ )?, (?:(?:please|can|you|so|and) )*(?:end|take) (?!.* (?:need|give|length|person))/,
    / (?:application|asked|length|person|need|give) /,
  ],
  [
    'cancel',
    3,
    / (?:end|cancel) (?:[^ ,]+ ){0,2}approval |(?:wrong|_|asked) , (?:please )?cancel (?:please )?$/,
    / (?:person|who|need|length) /,
  ],
  [
    'extend',
    3,
    / thing , (?:(?:can|please|_|you) )*(?:keep|extend|longer) |^ (?:please )?more for (?:my )?thing /,
    / (?:who|why|what|if) /,
  ],
  ['why', 3, /^ (?:[^ ,]+ )?if (?:if |(?:[^ ,]+ ){0,4}(?:approve|approval) )/, / (?:need|give) .*(?:length|ticket)/],
  [
    'catalogue',
    3,
    /^ (?:[^ ,]+ )?(?:what|which) (?:[^ ,]+ ){0,4}(?:need|asked|lets) (?:for )?if i (?:need|_)|^ (?:please |can you )*(?:list )?exist (?:\? )?$/,
  ],
  [
    'status',
    3,
    /^ status .*my (?:[^ ,]+ ){0,3}application |^ (?:have|be|do|did) person be (?:[^ ,]+ ){0,3}(?:status|approve|denied|application) |^ when (?:can|do) i (?:get|have) |^ when .* approval /,
    / (?:give|please) /,
  ],
  [
    'expiring',
    3,
    /^ (?:when|howlong|what time) (?:can|do|must|need) (?:i|my) (?:[^ ,]+ ){0,3}(?:take|end|extend|keep) /,
  ],
  [
    'pending',
    3,
    /^ (?:and |so )?who application (?:be|do) i |^ (?:please |can you )*(?:list|which|what) application (?:[^ ,]+ ){0,2}(?:need|wait|have) | wait for (?:wait|approval) /,
    / my application /,
  ],
  ['mine', 3, /^ (?:[^ ,]+ )?(?:do|did|have|be) i (?:[^ ,]+ ){0,4}or (?:do |be |have )?(?:i |not |done )/],
  ['help', 3, /^ (?:(?:greet|please|can|you|me|list|i|need|get|do|_|,) )*help (?!.* (?:thing|application|length) )/],
  [
    'extend',
    3,
    / not end (?:my )?(?:thing|rights|detail) |(?:raise|give) (?:more )?length (?:[^ ,]+ )?my |raise my thing length/,
  ],
  ['extend', 3, / (?:expire|still|not done|my thing) .*, (?:please |[^ ,]+ )?more length /, / (?:who|why|what) /],
  ['end', 3, / (?:unneeded|not) (?:[^ ,]+ ){0,2}extend .*(?:take|end|back|off) /],
  ['none', 3, / (?:unneeded|not) (?:[^ ,]+ ){0,2}extend /],
  [
    'cancel',
    3,
    / (?:cancel|take|end) (?:[^ ,]+ ){0,5}(?:application|asked) |(?:application|asked) (?:[^ ,]+ ){0,4}cancel |unneeded (?:[^ ,]+ ){0,5}(?:asked|application) | (?:application|asked|approval|wait) (?:[^ ,]+ ){0,6}unneeded | (?:application|asked) .*, (?:(?:please|can|you|so|and) )*cancel /,
    / person .*(?:approve|approval) |who |^ (?:be|have|do|why) |cancel person be /,
  ],
  [
    'cancel',
    3,
    at('(?:(?:i|can|do|need|please|not|my|be) )*cancel '),
    / person .*(?:approve|approval) |cancel person be (?:thing|rights) /,
  ],
  ['recap', 3, / recap /, / need thing | thing (?:, )?(?:for )?length /],
  [
    'recap',
    3,
    /^ (?:[^ ,]+ ){0,3}(?:what|which|list|how) (?:[^ ,]+ ){0,4}did /,
    / (?:denied|application|approve|who) /,
  ],
  ['recap', 2, / did .*during /, / (?:need|application) /],
  [
    'delegate',
    3,
    / delegate .*(?:person|other)|(?:person|other) .*delegate | away .*person .*(?:approve|approval) |person .*(?:approve|approval) .*away /,
    /^ (?:[^ ,]+ )?who | delegate for person /,
  ],
  [
    'delegate',
    3,
    / (?:person|other) (?:[^ ,]+ ){0,3}(?:take|give|get|have|do|own|approve) (?:[^ ,]+ )?my (?:approval|approve|application)| my (?:[^ ,]+ )?approval .*person /,
    / who |^ (?:do|did|have|be|can) person .*(?:my application|\?)/,
  ],
  [
    'delegate',
    3,
    / person (?:can )?approve (?:[^ ,]+ ){0,4}for me | person (?:can )?approve me |person (?:[^ ,]+ ){0,3}my approval (?:[^ ]+ )*(?:length|moment) /,
    / who |^ (?:do|have|be) /,
  ],
  [
    'status',
    3,
    /^ (?:and |so |greet |, |now )*(?:be|do|have|did) (?:(?!my application)[^ ,]+ ){0,4}my (?:[^ ,]+ ){0,3}application |^ (?:[^ ,]+ )?(?:be|do|have) i (?:still )?wait |^ (?:be|do|have) (?:person|other|everyone|_) (?:[^ ,]+ ){0,2}(?:approve|denied|status) (?:[^ ,]+ ){0,3}my |^ (?:what|who|where|when|how) (?:[^ ,]+ ){0,4}my (?:[^ ,]+ ){0,2}application (?:[^ ,]+ )?(?:wait|status|still|open|be) |^ (?:what|where) (?:_ |be )*my (?:[^ ,]+ )?application |why be my (?:[^ ,]+ )?application (?:[^ ,]+ )?(?:status|still|wait) |^ (?:ticket|thing) , (?:[^ ,]+ )?status /,
    / (?:if|rule|cancel|unneeded) /,
  ],
  [
    'status',
    2,
    /^ (?:still |i |have |yet |_ |greet )*asked (?:[^ ,]+ ){0,3}(?:thing|rights) (?!.*(?:length|please))/,
    / (?:need|give|cancel) /,
  ],
  ['delegate', 2, / delegate /, / (?:thing|rights|who|what) /],
  [
    'approvers',
    3,
    / who (?:[^ ,]+ ){0,7}(?:approve|approval|own|lets|delegate) | who (?:[^ ,]+ ){0,4}(?:praise|application) (?:[^ ,]+ ){0,2}thing |^ (?:[^ ,]+ )?who (?:be|do|can) (?:i|you) (?:need )?asked /,
    / (?:have|wait|be) my /,
  ],
  [
    'approvers',
    3,
    /^ (?:[^ ,]+ ){0,2}(?:own|approval) (?:[^ ,]+ ){0,5}thing |list (?:(?!open)[^ ,]+ ){0,2}(?:approval|own) |^ (?:do|can|be|will) thing (?:[^ ,]+ )?need (?:[^ ,]+ ){0,3}approval |which (?:[^ ,]+ ){0,2}(?:approve|own|approval) /,
    / my (?:approval|approve|wait) |need my| wait /,
  ],
  [
    'approvers',
    3,
    /^ (?:be|do|can) (?:[^ ,]+ ){0,2}person (?:or person )?(?:[^ ,]+ ){0,3}(?:approve|own|approval) |^ do my _ approve thing |^ (?:do|be|can) thing (?:[^ ,]+ ){0,7}(?:approve|approval) |thing (?:[^ ,]+ ){0,2}(?:approve by|own) who/,
    /yet|my application|delegate|rule| wait /,
  ],
  [
    'pending',
    3,
    / (?:wait|approve|approval|approvals) (?:[^ ,]+ )?(?:for |from )?(?:me|i|my) | (?:need|for|want|get|have) my (?:[^ ,]+ )?(?:approval|approve|have|wait) | my (?:[^ ,]+ )?(?:approval|wait) | my approve wait /,
    / (?:who|why|need thing) |delegate|my application/,
  ],
  [
    'pending',
    3,
    / (?:what|which|list|be|do|exist|still|open|application|wait|rule|how) (?:[^ ,]+ ){0,5}(?:i|me|we) (?:[^ ,]+ ){0,2}(?:approve|approval) | (?:approval|approve) (?:[^ ,]+ )?(?:wait|open) |wait approval |^ wait $|open application |application wait |^ (?:open |please |still )*approval (?:please |\? )*$|^ what i need _ (?:\? )?$|^ who (?:need|wait) (?:[^ ,]+ ){0,2}(?:me|my) /,
    / (?:(?<!^ )who|why|my application|if|if i|thing approve) |my (?:[^ ,]+ )?application|^ can i need/,
  ],
  [
    'pending',
    2,
    / (?:what|list|do|be|exist|have|which) (?:[^ ,]+ ){0,3}wait (?:[^ ,]+ ){0,2}(?:me|my|i) | wait (?:for )?(?:me|my|i) |^ (?:what|list|exist|be) (?:[^ ,]+ ){0,2}wait $/,
    / my application/,
  ],
  ['why', 3, at(String.raw`(?:_ )?why (?!,)`)],
  ['why', 3, / why (?:[^ ,]+ ){0,5}(?:application|denied|thing|approve|approval|need) /, asking],
  [
    'why',
    3,
    / (?:if) (?:[^ ,]+ ){0,4}(?:need|asked|get|thing|application) |what (?:[^ ,]+ ){0,2}if /,
    / who (?:[^ ,]+ ){0,4}approve |not (?:[^ ,]+ )?if /,
  ],
  ['why', 3, /^ (?:[^ ,]+ ){0,5}most /, /asked length| need thing |^ i (?:have|need)/],
  [
    'why',
    3,
    / (?:do|can) i need (?:[^ ,]+ )?(?:approval|rule) |^ (?:whether )?rule (?!.*(?:need|give|length))|^ (?:[^ ,]+ )?what (?:be )?rule | can _ asked thing /,
  ],
  [
    'why',
    3,
    /^ (?:[^ ,]+ ){0,2}(?:do|be|must|need|can) (?:[^ ,]+ ){0,5}(?:rule|approval) |^ (?:[^ ,]+ ){0,3}what (?:[^ ,]+ ){0,3}rule |which rule |how rule /,
    /^ (?:[^ ,]+ ){0,2}need (?:thing|_)| my approval|give |change|^(?!.*\?).* need | keep | longer | more | extend /,
  ],
  [
    'why',
    2,
    /(?:application|asked|my|thing be|\?) (?:.* )?denied |denied .*(?:application|\?) |^ denied $/,
    / (?:need thing|yet|be my) | denied .* length /,
  ],
  [
    'revoke',
    3,
    / (?:take|end|cancel|off) (?:[^ ,]+ ){0,6}person |person (?:[^ ,]+ ){0,3}(?:take|unneeded) |person .*(?:take|end|cancel|off) (?:[^ ,]+ )?other (?:[^ ,]+ ){0,2}(?:rights|thing)|take other .*thing|(?:get|need) person (?:[^ ,]+ ){0,3}off |person (?:[^ ,]+ ){0,3}thing (?:still )?(?:off|, (?:please )?(?:end|take) )/,
    / i do |(?:need|give|for me|i) (?:[^ ,]+ ){0,3}thing .*take|who|^ (?:[^ ,]+ ){0,3}person (?:[^ ,]+ )?need|application/,
  ],
  [
    'catalogue',
    3,
    / difference |^ (?:[^ ,]+ ){0,2}exist (?:[^ ,]+ ){0,3}(?:rights|thing|_|for|lets|get|allow) | need (?:[^ ,]+ )?(?:rights|_) (?:[^ ,]+ )?lets |^ (?:[^ ,]+ )?what (?:do|can) thing (?:[^ ,]+ ){0,3}(?:do|lets|give|allow|_|get|can) /,
    / (?:need thing|my rights|who|give me|wait|approve|expire|application|my thing|length) /,
  ],
  [
    'holders',
    3,
    /^ (?:[^ ,]+ ){0,4}who (?:[^ ,]+ ){0,6}(?:thing|rights|have|still|activate) |everyone (?:[^ ,]+ ){0,4}(?:thing|rights) |(?:list|what|which) (?:[^ ,]+ ){0,2}everyone /,
    / (?:approve|approval|need thing|exist|application|lets) |can everyone /,
  ],
  [
    'holders',
    2,
    /^ (?:do|be|have|did) (?:person|everyone|_ everyone) (?:[^ ,]+ ){0,3}(?:thing|rights) |^ list who |(?:list|what|which) (?:[^ ,]+ )?person (?:be )?have/,
    / (?:approve|approval|application|need|get|give|status) /,
  ],
  [
    'holders',
    3,
    /^ (?:and |so |, )?(?:do|be|have|can) (?:person|everyone) (?:[^ ,]+ ){0,3}(?:still|have|thing|eligible|rights) |what (?:[^ ,]+ ){0,2}person (?:[^ ,]+ )?(?:have|rights)|what (?:[^ ,]+ )?(?:do|can) person|^ (?:what|which|list) (?:[^ ,]+ )?person (?:rights|have|thing)|person .*still have/,
    / (?:application|need|approve|wait|give|get|for) |^ can person have thing (?:[^ ,]+ )*(?:length|moment|ticket)|^ can person have thing (?!still)/,
  ],
  [
    'holders',
    2,
    /^ (?:be|have|do) person thing | how _ (?:everyone|have) |^ person (?:[^ ,]+ )?(?:still|have) thing/,
    / (?:application|need|approve) /,
  ],
  ['extend', 3, at(String.raw`(?:whether )?(?:more )+length `)],
  [
    'status',
    3,
    / status (?:[^ ,]+ ){0,6}(?:application|asked|my|thing|ticket)|(?:application|asked|wait) (?:[^ ,]+ ){0,6}(?:status|yet|approve|denied|get)|(?:application|ticket|thing) (?:[^ ,]+ ){0,2}(?:approve|denied) (?:yet|or)|where (?:[^ ,]+ ){0,5}(?:application|asked)|^ (?:[^ ,]+ )?status |my (?:[^ ,]+ )?application .*status/,
    / (?:need thing|use|asked me) |give me/,
  ],
  [
    'status',
    3,
    /^ (?:[^ ,]+ ){0,2}(?:have|do|be|who|can) (?:[^ ,]+ ){0,5}(?:application|thing|ticket|my|it) (?:[^ ,]+ ){0,3}(?:approve|denied|status)| (?:have|do) (?:[^ ,]+ ){0,3}(?:approve|status) (?:[^ ,]+ ){0,3}(?:application|thing)|still wait|approve (?:yet|or)|how (?:[^ ,]+ ){0,3}application|what (?:[^ ,]+ ){0,4}(?:status|wait)|when (?:[^ ,]+ ){0,5}(?:approve|application|approval)|wait (?:[^ ,]+ ){0,3}(?:thing|application|approval)/,
    / (?:need thing|use) |^ (?:[^ ,]+ )?can (?:i|you|person) (?:[^ ,]+ )?(?:have|get|give)/,
  ],
  [
    'extend',
    3,
    at(
      String.raw`(?:(?:i|me|can|whether|need|please|person|you|get|give|have|be|my|do|_|thing|allow|lets|detail|rights|if|during) ){0,7}(?:extend|keep|longer) `,
    ),
    / (?:application|unneeded|if if|if i) |who|why/,
  ],
  [
    'extend',
    3,
    / (?:need|get|have|give|can|raise|for|i|please|my|keep|thing) (?:[^ ,]+ ){0,4}(?:more length|length more|longer|length longer|more _ length)|length more |extend .*(?:length|moment|thing|my)|my (?:[^ ,]+ )?extend|thing , please more |please more length/,
    / (?:unneeded|who|why|detail more) |^ (?:[^ ,]+ )?when /,
  ],
  ['extend', 2, / (?:extend|longer) /, / (?:unneeded|who|why|if|purpose .*extend) /],
  [
    'expiring',
    3,
    / (?:howlong|when) (?:[^ ,]+ ){0,6}(?:left|expire|end|still|have|done|thing)|(?:length|how _|how) left|what (?:[^ ,]+ ){0,4}(?:expire|left)|expire (?:[^ ,]+ ){0,6}(?:\? )?$|length left|^ (?:[^ ,]+ ){0,3}expire |^ (?:[^ ,]+ )?left (?:[^ ,]+ )?thing|^ (?:[^ ,]+ )?(?:when|howlong) (?:can|do|must) (?:i|my) (?:[^ ,]+ ){0,3}(?:take|end|extend|keep) /,
    / (?:application|approve|need thing|most|asked|get) |give|can i/,
  ],
  ['expiring', 2, / expire | howlong .*\?/, / (?:need|get|give|because|purpose|application|most) /],
  [
    'end',
    3,
    / (?:i|we|me|be|my|,) (?:[^ ,]+ )?done | done (?:[^ ,]+ ){0,6}(?:thing|rights|my)|^ (?:[^ ,]+ )?done (?:for )?(?:still )?(?:, )|(?:end|take) (?:[^ ,]+ ){0,2}i have|thing (?:[^ ,]+ ){0,3}(?:back|done)|(?:have|take|get|give) (?:[^ ,]+ ){0,3}back|take (?:[^ ,]+ )?off me|take (?:thing|rights|detail) (?:[^ ,]+ )?me /,
    / person (?:be )?done | need (?:[^ ,]+ )?back |^ (?:[^ ,]+ )?(?:need|give) (?:me )?thing|purpose|not done/,
  ],
  [
    'end',
    3,
    / unneeded (?:[^ ,]+ ){0,5}(?:thing|my|still|length|$)|unneeded (?:[^ ,]+ )?rights (?:unneeded |still |longer )*$|unneeded , (?:[^ ,]+ ){0,3}thing |thing (?:[^ ,]+ ){0,3}unneeded|detail (?:[^ ,]+ ){0,4}unneeded/,
    / (?:application|extend|need thing|give) |who/,
  ],
  [
    'end',
    3,
    at(
      String.raw`(?:(?:i|me|can|please|you|want|need|be|now|can you|_) ){0,4}(?:end|take) (?:(?:[^ ,]+ ){0,3}(?:my|thing|rights|everyone|have) |(?:please |now |still )*(?:[?] )?$|(?:please )*,)`,
    ),
    / (?:application|person) |^ take _ |need thing|^ (?:[^ ,]+ ){0,3}take thing/,
  ],
  [
    'end',
    2,
    / (?:end|take|off|back) (?:[^ ,]+ ){0,2}(?:my|everyone|rights)|(?:end|off|back) (?:[^ ,]+ ){0,2}thing|thing (?:[^ ,]+ ){0,2}(?:off|end)(?: [^ ,]+)? $/,
    / (?:need|give|get|person|application|purpose) /,
  ],
  [
    'mine',
    3,
    at(String.raw`(?:do|be|have) (?:i|we) (?:[^ ,]+ ){0,3}(?:still|have|thing|eligible|rights|get|activate|done)`),
    / (?:application|need|approve|approval|asked|expire|rule|howlong|if|get me|give|me) |longer|extend/,
  ],
  [
    'mine',
    3,
    /^ (?:and |so |greet |, )*(?:be|have) my (?:[^ ,]+ ){0,3}(?:thing|rights) |^ be thing (?:[^ ,]+ ){0,3}(?:me|my) |^ my (?:still |_ )*(?:rights|thing) \? $|^ (?:can i|list|can you list) (?:[^ ,]+ ){0,3}i (?:still )?have /,
    / (?:application|approve|approval|denied|status|expire|extend|keep|longer|yet|need) /,
  ],
  [
    'mine',
    3,
    /^ (?:[^ ,]+ ){0,2}(?:what|which|how) (?:[^ ,]+ ){0,4}(?:i|we|my|me) (?:[^ ,]+ ){0,4}(?:have|activate|rights|eligible|hold|still|use)|(?:list|what|which|status) (?:[^ ,]+ ){0,2}my (?:[^ ,]+ )?(?:rights|have|thing|activate)|eligible|^ my (?:[^ ,]+ )?rights $/,
    / (?:application|need|approve|approval|asked|expire|rule|howlong|if|get me|give|lets|get) |longer|extend|have for (?:moment|_)/,
  ],
  [
    'mine',
    2,
    / (?:which|what|list) (?:[^ ,]+ ){0,3}(?:activate|my rights|have)/,
    / (?:lets|need|application|exist|person|asked|who) | have for (?:moment|_) /,
  ],
  ['mine', 2, /^ what be (?:[^ ,]+ )?for me |^ what have (?:still |\? )*$/],
  ['mine', 3, / have rights (?:[^ ,]+ )?(?:list|what|which)|rights (?:[^ ,]+ )?what (?:[^ ,]+ )?have/],
  [
    'catalogue',
    3,
    / what (?:[^ ,]+ ){0,2}(?:i|we|me|people|everyone|get|there) (?:[^ ,]+ ){0,2}(?:can )?(?:asked|get|application|exist)|(?:what|which|list|exist|how) (?:[^ ,]+ ){0,3}(?:rights|kind|_) (?:[^ ,]+ ){0,4}(?:exist|get|lets|asked|can|need|for|have|application|purpose)|exist (?:[^ ,]+ ){0,3}(?:rights|thing|_|for|lets)|list (?:[^ ,]+ ){0,2}(?:rights|_|everyone rights|thing)/,
    / (?:need thing|my rights|who|give me|for me) /,
  ],
  [
    'catalogue',
    2,
    /^ (?:[^ ,]+ ){0,2}(?:what|which) (?:[^ ,]+ ){0,3}(?:need|lets|get|can|rights)|can (?:i )?(?:asked|application)| what (?:[^ ,]+ ){0,2}thing (?:[^ ,]+ ){0,2}(?:lets|give|can|do)/,
    / (?:need thing length|give) | have for (?:moment|_) /,
  ],
  [
    'help',
    3,
    /^ (?:[^ ,]+ ){0,3}help |, (?:[^ ,]+ ){0,2}help | how (?:[^ ,]+ ){0,4}(?:use|asked|help|application)|^ how (?:[^ ,]+ ){0,2}(?:do|can) (?:i|we) (?:get|asked|use|need)|not (?:[^ ,]+ ){0,2}how (?:you|use)/,
    / thing /,
  ],
]

/** What somebody who asks for something says, with what. */
export const requests: readonly Rule[] = [
  // An unknown verb does something to what is held: what it does, the person confirms or not.
  [
    'end',
    1,
    /^ (?:(?:please|thank|greet|,|_ ,) )*(?:_ )?(?:can (?:be )?)?_ my thing (?!.*(?:length|moment|need|give|ticket))/,
  ],
  ['extend', 1, /^ (?:please )?_ my thing (?:[^ ,]+ )?(?:length|moment) /],
  ['revoke', 1, /^ (?:please )?_ person (?:be )?(?:[^ ,]+ )?thing (?!.*(?:length|moment|need|give|ticket))/],
  ['none', 0, /^ _ me thing (?:person )?$/],
  [
    'request',
    3,
    / (?:need|give|get|activate|allow|raise|please|open|extend|for|can (?:i|we|me|person|you|my)|whether) (?:[^ ,]+ ){0,9}(?:thing|detail)|(?:thing|detail) (?:[^ ]+ ){0,6}(?:please|need|length|ticket|moment|for me|give|allow|get) /,
  ],
  ['request', 0.5, /^ (?:my|i still have|still have) thing (?:, )?$/],
  ['request', 2, / thing /],
  [
    'request',
    2,
    / (?:need|give|get|activate|please|can (?:i|we|person|me) (?:[^ ,]+ )?have) (?:[^ ,]+ ){0,5}rights |rights (?:[^ ,]+ ){0,4}(?:length|please|ticket)|rights .*(?:need|give|length|please)/,
  ],
  [
    'request',
    2,
    / (?:need|give|get|allow|raise) (?:[^ ,]+ ){0,9}(?:length|ticket)|(?:length|ticket) .*(?:need)/,
    / you /,
  ],
  ['request', 1, / length .*ticket | ticket .*length /],
]
