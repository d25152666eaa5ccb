import type { Lexicon } from './lexicon.ts'

export const english: Lexicon = {
  language: 'en',
  small: `the and for please pls need to is my i can of with on in want who what this until me you it that from have has are was be
    do does not just could would which when how why where at by still some any an a or if we our so but as get give until till`,
  frame: `a about again ahead all also am an and any anything are as asap at be been but by can cheers colleague could cuz dear did do
    does eg either else enough etc for from get getting give gimme go good got grant great group guess had hand has have having hello
    hey hi hiya hv i id if ill im immediately in is it its ive just kindly let like ll may maybe me might mine morning must my n
    nah need needed needs nice now of ok okay on once one only or our pleasant pleas please pls plz plss possible possibly quick
    quickly ready ref reference rn role s say shall should so some soon sorry stuff t temporarily temporary than thank thanks that the
    then there these thing things this those thx ticket time tkt to today tonight tomorrow turn u until up ur urgent urgently us ve via
    w want was we what will wish with wld would y ya yes you your access active activate activated activation elevated elevation
    enable permission permissions request requesting right rights long how why reason hope weekend able allowed allow take takes took
    afternoon evening something both each them team day everyone folks bot long duration someone somebody anyone mate guys
    join add switch set put open keep stay extend prolong renew last make longer another more called think asked plain sure idea
    dont don know which whichever work word ask approve approves approved approver news status when end does whats expiry expires
    date difference who whom owner list show done finished back close cancel withdraw scrap forget kick remove revoke off shld hold
    holds still any open stand stands where process give return drop release deactivate exist exists people used use emergency
    plus well not no nope wait hmm actually runs out too very really briefly currently latchkey elevate assign assigned provide
    require requires requested jit pim cheers ta d re m h hr hrs hour hours min mins minute minutes days week weeks month months
    around approx approximately roughly max maximum least ideally preferably till untill starting start sometime while bit wanna gonna
    gotta lemme kinda onwards onward package packages groups next bother number flavour version kind type membership much many lot tad minimum total overall say lets let's hook sort number incident change per under against
    see below above he she they him her his their`,
  cues: {
    howlong: `how long|how much time|how many hours|how many days|how many minutes|how many weeks|how much longer|until when|till when|how much of|what time`,
    whether:
      'whether|do you think|any chance|is there any way|is it possible|would it be possible|would it be ok|is it ok',
    why: `why|how come|what for|for what reason|what was the reason|reason for|explain|on what grounds|on what basis|what's the reason`,
    who: "who|whom|whose|who's|whos|anyone who|which person|which people|which of us|which colleague|which manager|which team|which approver",
    which: 'which|which one|what kind of|what sort of',
    what: "what|what's|whats|wat|anything",
    when: "when|when's|what date|how soon|which date|which day|what day",
    where: "where|where's|wheres",
    how: 'how|how to',
    give: `give|gimme|grant|assign|provide|add|put|hand me|sort me out|hook|set up|let me have|let me get|get me|make me|lend|bestow|allocate|provision|
      give me|add me|put me|grant me|set me up|fix me up`,
    activate: 'activate|elevate|enable|turn on|switch on|fire up|elevation to|pim up|start up|activation',
    allow: `allow|permit|whitelist|allowlist|allow list|white list|unblock|exempt|waive|open up|let through|exception for|exemption for|lift the ban|bypass for|
      make an exception|unlock|poke a hole|punch a hole`,
    raise: 'raise|increase|bump|bump up|up|top up|double|boost|lift|scale up|push up|crank up|enlarge|upgrade',
    need: `need|needs|needed|want|wants|wanted|require|requires|would like|'d like|d like|would love|'d love|looking for|requesting|in need of|wanna|could use|would appreciate|wish|have to|has to|must|gotta|got to|should get|shld get|should have|should be able|be able to|need to|id like|would need|will need|'ll need|ll need|am going to need|gonna need|would want|supposed to have|shall have|hoping for|hoping to get|trying to get|must have|ought to have|seek|seeking`,
    unneeded: `don't need|dont need|do not need|no longer need|no need for|not needed|don't require|no longer require|don't want|dont want|have no use for|no more need|doesn't need|does not need|no longer needed|don't actually need|dont actually need|don't really need|not need|wont need|won't need|will not need|do not require|no further need|don't use|no longer use|can go|don't need to keep|no longer requires|no longer needs|any more|anymore|any longer|surplus to requirements|don't have to be|doesn't have to be|need no longer`,
    cancel: `cancel|withdraw|retract|scrap|abort|recall|forget|forget about|never mind|nevermind|discard|pull back|call off|take back my request|nvm|void|rescind|
      do not process|don't process|dont process|disregard|ignore|kill my request|bin|drop my request|drop the request|delete my request|remove my request|pull my request|
      close my request|undo my request|stop my request|changed my mind|pull my application|stop processing|don't bother with|kill the request`,
    take: `take|remove|revoke|strip|kick|pull|throw|yank|boot|evict|cut|take away|remove access|revoke access|shut down|rip|terminate|offboard|
      should not have|shouldn't have|should no longer have|must not have|must lose|should lose|lose|take back|block|taken|taken away|taken off|be taken away|be taken off|be removed|removed|revoked|be revoked|lose access|off boarded`,
    application: `request|requests|application|applications|submission|ask of|req|reqs|petition|ask from|what i asked for|my ask`,
    asked: `asked for|requested|submitted|filed|applied for|sent in|put in|i asked|asked|raised a request|sent off|raised|i put in|applied|ask|ask for|apply for|order|ask you for|ask you|request from you`,
    status: `status|status of|news|update|updates|progress|stuck|eta|happening|happened|happened to|going on|state of|come through|gone through|go through|went through|got through|where do things stand|looked at|stand|stands|how is it going|how far|seen my|picked up|any movement|heard back|hear back|look at my|following up|chase|chasing|any word|follow up on|hanging|coming along|in limbo|getting on with|are they through|is it through|be through|got anywhere|through yet|in the works|landed|moved|moving`,
    yet: 'yet|already|or not|so far',
    wait: `waiting|waits|wait for|pending|queue|queued|outstanding|in my queue|inbox|backlog|in the queue|my plate|on my desk|to do list|awaiting|sitting with|
      sits with|on hold|in my inbox|my queue|landed on|lined up`,
    approve: `approve|approves|approved|approving|sign off|signs off|signed off|sign it off|decide|decides|decided|deciding|authorise|authorize|authorises|authorizes|authorised|authorized|greenlight|green light|say yes|says yes|confirm|confirms|convince|ok it|okay it|vet|rubber stamp|get past|signs it off|granted|accepted|accept|accepts|agree to|agrees|grants|gives the ok|ok this|signing off|has to ok|give the nod|give the go ahead|gets to say|have the final say|clears|sign|signs|sign for|signs for|gives the nod|give the nod|nod|has the last word|wave through|waves through|the say|a say`,
    approval: `approval|approvals|approver|approvers|decision|decisions|sign-off|signoff|sign-offs|four eyes|approval queue|sign off queue|approval duties|decision maker`,
    denied: `denied|rejected|declined|turned down|refused|refuse|deny|denial|rejection|knocked back|bounced|blocked|not approved|disallowed|got a no|said no`,
    own: 'owner|owners|own|owns|responsible for|in charge of|accountable for|owned by|gatekeeper|who do i ask|who do i talk to|whom do i ask|looks after',
    delegate: `delegate|delegates|delegation|deputy|deputise|deputize|stand in|stands in|stand-in|cover for me|covers for me|cover my|covers my|fill in for|fills in for|
      in my place|on my behalf|in my stead|instead of me|substitute|for me while|take over my|takes over my|takes my|take my approvals|handle my|handles my|hand over my|hand my|forward my|
      forwards my|route my|redirect my|reassign my|my stand in|acts for me|act for me|decides for me|approves for me|approve for me|decide for me|for me until|do my approvals|
      does my approvals|in lieu of me|as my backup|pass my|proxy|cover approvals|do the approving|my deputy|standing in|covering for me|covering my|transfer my|my approvals to|
      my decisions to|point my|send my approvals|let decide for me`,
    away: `on leave|out of office|ooo|on holiday|on vacation|i'm away|im away|i am away|parental leave|pto|i'm off|im off|while i'm out|while i am out|off sick|i'm out|im out`,
    expire: `expire|expires|expiring|expiry|expiration|run out|runs out|running out|lapse|lapses|lapsing|end date|still valid|valid until|valid|ends|ending|runs till|last till|runs until|expiry date|expiration date|be over|goes away|go away|up for renewal|due to end|about to end|stops working|stop working|drop off|drops off|time out|will end|cut off`,
    left: 'left|remaining|remains|remain',
    recap: `recap|summary|summarise|summarize|trail|what did i do|what i did|audit log of|rundown|run down|overview of what|debrief|wrap up of|report of|report on|activity log|log of what|what was done|what got changed|what was changed|session log|write-up|write up|report of what|breakdown of|list of changes|what i touched|what happened while|what happened during|what all did|timeline of|timeline|history of my|log of my|log of everything|record of what|play by play|paper trail`,
    did: `did|done with it|changed|touched|modified|made|was done|were done|i did|have i done|actions|changes|happened while|happened during|got up to|have changed`,
    during:
      'while|during|last session|my session|session|the time|last elevation|when i was|while i had|last activation|last time|while elevated',
    keep: `keep|retain|hang on to|hold on to|stay|remain in|last until|last till|last for|run until|run till|stay on|stay in|stay open|keep on|access last|it last|this last|role last|that last|run on|stay up|carry on|keep going|go on`,
    longer: `longer|more time|extra time|for longer|a bit longer|bit more time|additional time|some more time|little longer|past its end|beyond`,
    extend: `extend|extends|extending|extension|prolong|renew|renewal|lengthen|push out|roll over|stretch|re-up|reup|push back the end|move the end|add time|
      push the end|top up the time|continue|extend by|tack on|carry on with`,
    more: `another|more|additional|extra|further|+|again for|on top|on top of that|once more|one more`,
    end: `end|close|drop|deactivate|stop|relinquish|return|surrender|turn off|switch off|disable|give up|finish|end early|ditch|resign from|step down|hand in|give back|hand back|giving back|handing back|returning|dropping|can be closed|can be removed|can be taken|can take back|drop out|quit|switch it off|turn it off|close down|shut off|wind down|log me out of|sign me out of|remove me|take me out|take me off|remove my|revoke my|let go|get rid of|deactivating|ending|pull my|can have back|hand over the keys|release my|release it|release the role|releasing my|leave the group|leave the package`,
    back: 'back|away|off again',
    off: 'off',
    done: `done|finished|finished with|through with|all set|completed|wrapped up|im done|i'm done|done with|done using|all done|am through|im through|i'm through|task complete|
      work is over|is over|have finished|has finished|wrapped`,
    eligible: 'eligible|eligibility|entitled|qualify|qualified|could i activate|can i activate',
    list: `list|show|display|print|show me|list of|overview|tell me|remind me|give me a list|which ones|enumerate|let me know|names of|the names of|list the|who all are`,
    difference: 'difference|differ|differs|compared|versus|vs|better for|tell apart|distinguish|distinction|compare',
    exist: `exist|exists|available|are there|is there|do you have|on offer|do you offer|offered|there any|have we got|on the menu|you got|do we have|is offered|to choose from|
      there a|there an|there something`,
    lets: `lets me|let me|let us|allows me|gives me|would let|will let|lets you|lets|would allow|allows|fits|fit|suits|grants me|enables me|covers|is right for|be right for|good for|
      includes|gets me`,
    rights: `access|role|roles|permission|permissions|rights|right|elevation|elevations|entitlement|entitlements|exception|exceptions|exemption|exemptions|privileges|
      privilege|packages|package|groups|group|memberships|membership|activations|admin rights|things|assignments|admin|administrator|contributor|reader|owner role|privileged`,
    rule: `rule|rules|policy|policies|limit|limits|conditions|requirement|requirements|mandatory|compulsory|justification|a ticket|a reason|tickets|allowed to|criteria|
      terms|restrictions|any ticket|step up|mfa|ticket number|approval for that`,
    most: 'longest|maximum|max|at most|most i can|upper limit|cap on|the most|highest|max duration|maximum duration|time limit|how long can|how long may|how long could',
    still: `still|currently|right now|at the moment|as of now|presently|these days|today|now|atm|rn|at present|this moment|end of month|end of the month|end of week|end of the week|end of year|end of quarter|end of the sprint|end of sprint`,
    everyone:
      'everyone|everybody|all people|people|all users|members|who all|all the people|anyone|anybody|which users|holders|users who|folks with',
    if: 'if|what if|what would happen|suppose|hypothetically|assuming|what happens',
    have: 'have|has|had|hold|holds|holding|got|hv|possess|having|in possession of|carry|sits in|sitting in|sit in|currently in|use right now|is in|are in',
    get: 'get|getting|receive|obtain|gain|acquire|join|be added|be given|be granted|borrow|get into|get on|come by|be put',
    open: 'open|opened|opening',
    help: `help|commands|how does this work|how does this thing work|how does that work|how do i use|usage|instructions|manual|what can you do|help me out|what do you do|how do you work|how it works|how does it work|what are you|who are you|tutorial|getting started|how to use you|man|menu|info|faq|docs|how this works|what can i say|what can i type|what can i tell you|what commands|guide|halp|how this bot works|how the bot works|understand how|how to work with|help pls|sos|how do you|what else can you|introduce yourself|how do i talk to you|how do i get started`,
    use: `word|phrase|formulate|use you|type|address you|using you|write to you|works|tell you|ask things`,
    greet: `hi|hiya|hello|hey|yo|good morning|good afternoon|good evening|good day|morning|evening|howdy|greetings|heya|sup|afternoon|hi there|hey there|hello there|morning all|gm|hola|happy new year|happy friday|merry christmas|happy monday|happy holidays|good to see you|how are you|how are you doing|how goes it|how is it going|wassup|what's up|whats up|happy easter|season's greetings`,
    thank: `thanks|thank you|thx|ty|cheers|many thanks|tysm|thanks a lot|much appreciated|appreciate it|appreciated|ta|thanks a million|thank u|thnx|tks|thanks so much`,
    praise: `great|nice|cool|perfect|awesome|brilliant|excellent|lol|haha|good bot|well done|love it|good job|bye|goodbye|see you|ok|okay|k|sure|you rock|amazing|wow|sweet|
      fantastic|neat|lovely|have a nice|have a good|good night|gn|cya|you're the best|you're faster|splendid|super|see ya|later|got it|works now|worked|it worked|legend|wonderful|good stuff|
      you saved|life saver|lifesaver`,
    please: 'please|pls|plz|plss|kindly|pleas|plese',
    you: 'you|u|ya|bot|latchkey',
    i: "i|we|i'm|im|i've|ive|we're|we've|i'll|i'd",
    my: 'my|our|mine|ours|of mine|of ours',
    me: 'me|us|myself',
    other: "he|she|they|his|her|their|him|them|he's|she's|they're",
    be: "is|are|am|was|were|'s|be|been|isn't|aren't|will be|being",
    do: 'do|does',
    can: "can|could|may|might|shall|would|will|can't|cant|couldn't|cannot|should|won't",
    not: `not|no|never|without|don't|dont|doesn't|didn't|do not|does not|nothing|nope`,
    and: 'and|plus|n|as well as|together with|along with|&',
    or: 'or',
    for: 'for',
    wrong: 'sorry|oops|whoops',
  },
  reason: {
    begins: `in order to|so that i can|so that we can|so i can|so we can|so that|to|because of|because|cause|cuz|coz|bc|b/c|since|as|due to|for|as i need to|as we need to|
      reason is|reason being|reason|why|justification|purpose|the reason is|the reason being|this is to|this is for|it's for|its for|it is for|that's for|
      i need to|we need to|i have to|we have to|i must|we must|i want to|we want to|i'd like to|need to|have to|gotta|got to|want to|wanna|i am|i'm|im|we're|we are|so as to|
      given that|given|on account of|i'll be|in the course of|wants to|needs to|has to|he needs to|she needs to|they need to|owing to|thanks to|on the grounds that|i'm trying to|
      trying to|i was asked to|context is|background is|backstory`,
    purpose:
      'to|in order to|so that|so i can|so we can|because|because of|cause|cuz|coz|bc|since|as i|as we|due to|so that i can|as the|as our|given that|as my|so as to|owing to',
    announces: 'reason|why|justification|purpose|background|context|business reason|use case|because|rationale|details',
    ends: `please|pls|plz|thanks|thx|thank you|many thanks|and|for|to|with|on|ticket|ref|asap|tkt|cheers|under|per|see|ty|in advance|incident|change|ta|if possible|
      thanks a lot|thanks in advance|the ticket is|ticket is|as per|tracked in|tracked as|tracked under|is the ticket|ticket number|reference|is the reference|change ticket|much appreciated|kindly`,
  },
  corrects: `no|nope|sorry|actually|make it|make that|rather|i mean|i meant|meant|instead|wait|correction|enough|scratch that|strike that|better|let's say|lets say|on second thought|
    on second thoughts|hmm|or rather|should be|not`,
  time: {
    numbers: {
      zero: 0,
      one: 1,
      two: 2,
      three: 3,
      four: 4,
      five: 5,
      six: 6,
      seven: 7,
      eight: 8,
      nine: 9,
      ten: 10,
      eleven: 11,
      twelve: 12,
      thirteen: 13,
      fourteen: 14,
      fifteen: 15,
      sixteen: 16,
      seventeen: 17,
      eighteen: 18,
      nineteen: 19,
      twenty: 20,
      'twenty five': 25,
      'twenty four': 24,
      thirty: 30,
      forty: 40,
      'forty five': 45,
      fifty: 50,
      sixty: 60,
      seventy: 70,
      eighty: 80,
      ninety: 90,
      'a hundred': 100,
      'seventy two': 72,
      'thirty six': 36,
      'forty eight': 48,
      'a couple of': 2,
      'a couple': 2,
      'couple of': 2,
      couple: 2,
      'a few': 3,
      few: 3,
      'twenty one': 21,
      'a dozen': 12,
      several: 3,
      single: 1,
      another: 1,
      'one more': 1,
      'an extra': 1,
      'an additional': 1,
      'yet another': 1,
      'a single': 1,
    },
    units: {
      'm|min|mins|minute|minutes|mnts': 1,
      'h|hr|hrs|hour|hours|hous|houers|huors': 60,
      'd|day|days': 1440,
      'w|wk|wks|week|weeks': 10080,
      'fortnight|fortnights': 20160,
      'month|months|mth|mths|mo': 43200,
    },
    days: {
      'today|tonight|this morning|this afternoon|this evening|later today': 0,
      'tomorrow|tmrw|tmr|tomorow|tommorow|tommorrow|2moro|tmw': 1,
      'the day after tomorrow|day after tomorrow|overmorrow': 2,
    },
    weekdays: [
      'monday|mon|mondays',
      'tuesday|tue|tues',
      'wednesday|wed|weds',
      'thursday|thu|thur|thurs',
      'friday|fri',
      'saturday|sat',
      'sunday|sun',
    ],
    months: [
      'january|jan',
      'february|feb',
      'march|mar',
      'april|apr',
      'may',
      'june|jun',
      'july|jul',
      'august|aug',
      'september|sept|sep',
      'october|oct',
      'november|nov',
      'december|dec',
    ],
    parts: {
      morning: 'morning|in the morning|this morning|first thing',
      afternoon: 'afternoon|in the afternoon|this afternoon',
      evening: 'evening|in the evening|this evening|tonight',
      night: 'night|at night|tonight',
    },
    clocks: {
      'noon|midday|lunchtime|lunch': 12,
      midnight: 24,
      'eod|end of day|end of the day|cob|close of business|end of business|eob|end of play|end of today|end of the working day|end of my day': 18,
    },
    links: {
      until:
        "until|untill|till|til|'til|up to|up until|through to|thru|through|to the end of|ending at|ending|upto|no later than",
      from: 'from|starting from|starting at|starting on|starting|as of|beginning|between|start at|start on|begins|beginning at|effective|with effect from|start|kicking off at|kick off at',
      to: 'to|till|til|until|and|through|thru|up to',
      in: 'in',
      inAfter: 'from now',
      at: 'at|around|@',
      on: 'on|the|of',
      this: 'this|coming|this coming',
      next: 'next|next week|week',
      and: 'and|&',
      article: 'a|an|one',
      half: 'half|1/2|half a|half an|½',
      andHalf: 'and a half|and half|½|& a half',
      quarter: 'quarter|quarters',
      past: 'past|after',
      before: 'to|before',
      oclock: "o'clock|oclock|h|hrs|hours|hundred hours|sharp",
      am: 'am|a.m|a.m.|in the morning',
      pm: 'pm|p.m|p.m.|in the afternoon|in the evening|at night',
      of: 'of|of an|of a|an',
      more: 'more|other|additional|extra|further|full|solid|whole|good|consecutive|straight|calendar|working|business',
      weekend: 'weekend|the weekend|wknd',
      week: 'week',
      inclusive: 'inclusive|inclusively|incl|included|through|both included|both days included',
    },
  },
  means: {},
}
