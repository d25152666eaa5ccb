import type { Lexicon } from './lexicon.ts'

export const english: Lexicon = {
  language: 'en',
  spaces: true,
  commands: { 'catalogue|catalog': 'catalogue' },
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
    see below above he she they him her his their yo already goes having small argh ugh er uh um hm two three four five lol`,
  cues: {
    howlong: `how long|how much time|how many hours|how many days|how many minutes|how many weeks|how much longer|until when|till when|how much of|what time`,
    whether: `whether|do you think|any chance|is there any way|is it possible|would it be possible|would it be ok|is it ok|
      is it ok if|is it okay if|would it be ok if|would it be okay if|is it alright if|is it all right if|ok if|okay if|alright if|how about|any way to|wondering if|wonder if|wonder whether|wondering whether|asking if|see if|check if|check whether|know if|know whether|what about giving|can it be arranged that|
      is there a way|any way i can|any way`,
    why: `why|how come|what for|for what reason|what was the reason|reason for|explain|on what grounds|on what basis|what's the reason|
      y do|y does|y is|y was|y did|y can't|y cant|y am|what's the point|what is the point|the point of|what's the sense|what is the purpose of|what made you|what speaks against|for which reason`,
    who: `who|whom|whose|who's|whos|anyone who|which person|which people|which of us|which colleague|which manager|which team|which approver|
      whoever|by whom|who else|
      to whom|to who|from whom|with whom`,
    which: 'which|which one|what kind of|what sort of',
    what: "what|what's|whats|wat|anything",
    when: "when|when's|what date|how soon|which date|which day|what day",
    where: "where|where's|wheres",
    how: 'how|how to',
    give: `give|gimme|grant|assign|provide|add|put|hand me|sort me out|hook|set up|let me have|let me get|get me|make me|lend|bestow|allocate|provision|
      give me|add me|put me|grant me|set me up|fix me up|
      giving|granting|adding|putting|enrol|enroll|enrol me|enroll me|let me onto|let me into|let me use|get me onto|get me into|get me on|let's get me|place me|plug me|slot me|spare me|loan|kit me out|equip|hand over to me|furnish|onboard|
      why not give|why don't you give|why not let|why don't you let`,
    activate: 'activate|elevate|enable|turn on|switch on|fire up|elevation to|pim up|start up|activation',
    allow: `allow|permit|whitelist|allowlist|allow list|white list|unblock|exempt|waive|open up|let through|exception for|exemption for|lift the ban|bypass for|
      make an exception|unlock|poke a hole|punch a hole`,
    raise: 'raise|increase|bump|bump up|up|top up|double|boost|lift|scale up|push up|crank up|enlarge|upgrade',
    need: `need|needs|needed|want|wants|wanted|require|requires|would like|'d like|d like|would love|'d love|looking for|requesting|in need of|wanna|could use|would appreciate|wish|have to|has to|must|gotta|got to|should get|shld get|should have|should be able|be able to|need to|id like|would need|will need|'ll need|ll need|am going to need|gonna need|would want|supposed to have|shall have|hoping for|hoping to get|trying to get|must have|ought to have|seek|seeking|
      stuck without|lack|lacks|lacking|could do with|could really do with|can't work without|cannot work without|blocked without|what i need is|all i need is|what i want is|all i want is|what i require is|desire|in want of|would benefit from|supposed to use|would be needing|will be needing|am in need|have need of|crave|is needed|are needed|shall need|might need|may need|hankering for|dying for|i'm after|am after|we're after|lost without`,
    unneeded: `don't need|dont need|do not need|no longer need|no need for|not needed|don't require|no longer require|don't want|dont want|have no use for|no more need|doesn't need|does not need|no longer needed|don't actually need|dont actually need|don't really need|not need|wont need|won't need|will not need|do not require|no further need|don't use|no longer use|can go|don't need to keep|no longer requires|no longer needs|any more|anymore|any longer|surplus to requirements|don't have to be|doesn't have to be|need no longer|
      no longer required|no longer necessary|not necessary|not required|unnecessary|not using|am not using|i'm not using|never use|stopped using|no use for|no more|obsolete|moot|superfluous|redundant|has become moot|done its job|served its purpose|outlived`,
    cancel: `cancel|withdraw|retract|scrap|abort|recall|forget|forget about|never mind|nevermind|discard|pull back|call off|take back my request|nvm|void|rescind|
      do not process|don't process|dont process|disregard|ignore|kill my request|bin|drop my request|drop the request|delete my request|remove my request|pull my request|
      close my request|undo my request|stop my request|changed my mind|pull my application|stop processing|don't bother with|kill the request|
      be dropped|be cancelled|be canceled|be withdrawn|cancelled|canceled|withdrawn|be scrapped|be binned|be ignored|be discarded|take my request back|take back my application|cancelling|withdrawing|don't go ahead with|do not go ahead with|leave it be|let it drop|call it off|strike my request|annul|revert my request|
      don't send|do not send|delete the request|delete that request|remove the request|scratch my|scratch the|take down my|scratch that request|delete my|
      don't submit|do not submit|not go ahead with|not go through with|pull out of`,
    take: `take|remove|revoke|strip|kick|pull|throw|yank|boot|evict|cut|take away|remove access|revoke access|shut down|rip|terminate|offboard|
      should not have|shouldn't have|should no longer have|must not have|must lose|should lose|lose|take back|block|taken|taken away|taken off|be taken away|be taken off|be removed|removed|revoked|be revoked|lose access|off boarded|
      cut off|suspend|dismiss|deprive|expel|eject|withdraw access|end access|should be out|cut short`,
    application: `request|requests|application|applications|submission|ask of|req|reqs|petition|ask from|what i asked for|my ask`,
    asked: `asked for|requested|submitted|filed|applied for|sent in|put in|i asked|asked|raised a request|sent off|raised|i put in|applied|ask|ask for|apply for|order|ask you for|ask you|request from you`,
    status: `status|status of|news|update|updates|progress|stuck|eta|happening|happened|happened to|going on|state of|come through|gone through|go through|went through|got through|where do things stand|looked at|stand|stands|how is it going|how far|seen my|picked up|any movement|heard back|hear back|look at my|following up|chase|chasing|any word|follow up on|hanging|coming along|in limbo|getting on with|are they through|is it through|be through|got anywhere|through yet|in the works|landed|moved|moving|
      any reply|any answer|an answer|any response|any reaction|any luck|no answer|no reply|no response|heard nothing|heard anything|heard from|not heard|haven't heard|anything new|any sign|what became of|became of|any outcome|outcome of|any result|any development|developments|where are we with|where we are with|where are we on|gathering dust|keeping|holding up|held up|delayed|under review|being processed|processed|in process|taking so long|take so long|takes so long|taking ages|taking forever|reached|arrived|read my|seen by|handled|handling|dealt with|dealing with|look into my|got to|got stuck|in progress|further along|advanced|lying around|collecting dust|in the air|
      looking|hear about|hear of|seen it|looked at it|read it|a response|made up their mind|made up his mind|made up her mind`,
    yet: 'yet|already|or not|so far',
    wait: `waiting|waits|wait for|pending|queue|queued|outstanding|in my queue|inbox|backlog|in the queue|my plate|on my desk|to do list|awaiting|sitting with|
      sits with|on hold|in my inbox|my queue|landed on|lined up|in my court|in my lap|my attention|needs me|need me to decide|depends on me|hinges on me|stuck with me|stuck on me|lies with me|blocking`,
    approve: `approve|approves|approved|approving|sign off|signs off|signed off|sign it off|decide|decides|decided|deciding|authorise|authorize|authorises|authorizes|authorised|authorized|greenlight|green light|say yes|says yes|confirm|confirms|convince|ok it|okay it|vet|rubber stamp|get past|signs it off|granted|accepted|accept|accepts|agree to|agrees|grants|gives the ok|ok this|signing off|has to ok|give the nod|give the go ahead|gets to say|have the final say|clears|sign|signs|sign for|signs for|gives the nod|give the nod|nod|has the last word|wave through|waves through|the say|a say|
      agree|consents|consent to|oks|okays|give consent|be on board|blessing|bless|validate|validates|countersign|countersigns|has to agree|have to agree|rule on|rules on|pass judgement|endorse|endorses|waved through|said yes|signed`,
    approval: `approval|approvals|approver|approvers|decision|decisions|sign-off|signoff|sign-offs|four eyes|approval queue|sign off queue|approval duties|decision maker|
      verdict|go ahead|goahead|consent of|blessing of|ok of|
      owe anybody|owe anyone|owe someone|owe somebody|nod|vote|signature|blessing`,
    denied: `denied|rejected|declined|turned down|refused|refuse|deny|denial|rejection|knocked back|bounced|blocked|not approved|disallowed|got a no|said no|
      locked out of|locked out`,
    own: `owner|owners|own|owns|responsible for|in charge of|accountable for|owned by|gatekeeper|who do i ask|who do i talk to|whom do i ask|looks after|
      whose desk|whose table|whose call|whose plate|whose court|whose decision|whose approval|whose sign off|whose job|whose say|who do i have to ask|who to ask|whom to ask|who should i ask|who must i ask|who can i ask|who stands behind|who is behind|who's behind|in charge|responsible|contact person|contact for|belongs to|belong to|who do i turn to|who runs|runs the show|caretaker|steward|
      is in charge|are in charge|is in charge of|are in charge of|
      whose ok|whose okay|whose nod|whose door|whose permission|whose blessing|whose consent|
      boss of|final word|the last word|involved in|a yes from|yes from|whom should i talk to|who should i talk to|who do i need a yes from|whom do i talk to`,
    delegate: `delegate|delegates|delegation|deputy|deputise|deputize|stand in|stands in|stand-in|cover for me|covers for me|cover my|covers my|fill in for|fills in for|
      in my place|on my behalf|in my stead|instead of me|substitute|for me while|take over my|takes over my|takes my|take my approvals|handle my|handles my|hand over my|hand my|forward my|
      forwards my|route my|redirect my|reassign my|my stand in|acts for me|act for me|decides for me|approves for me|approve for me|decide for me|for me until|do my approvals|
      does my approvals|in lieu of me|as my backup|pass my|proxy|cover approvals|do the approving|my deputy|standing in|covering for me|covering my|transfer my|my approvals to|
      my decisions to|point my|send my approvals|let decide for me|
      appoint|nominate|as my delegate|as my deputy|as my stand in|as my substitute|as my proxy|as my replacement|to take over my|to handle my|to cover my|to cover for me|to decide for me|to approve for me|to stand in|to approve in my place|to act for me|to sign off for me|to do my approvals|forward everything i|hand everything i|take my place|takes my place|in my absence|during my absence|my replacement|sign for me|signs for me|signs off for me|sign off for me|looks after my approvals|look after my approvals|mind my approvals|my approval duties to|my approvals go to|my sign offs go to|take charge of my|stands proxy|step in for me|steps in for me|represent me|represents me|replace me|replaces me|
      in my name`,
    away: `on leave|out of office|ooo|on holiday|on vacation|i'm away|im away|i am away|parental leave|pto|i'm off|im off|while i'm out|while i am out|off sick|i'm out|im out`,
    expire: `expire|expires|expiring|expiry|expiration|run out|runs out|running out|lapse|lapses|lapsing|end date|still valid|valid until|valid|ends|ending|runs till|runs until|expiry date|expiration date|be over|goes away|go away|up for renewal|due to end|about to end|stops working|stop working|drop off|drops off|time out|will end|
      cleaned up when|gets cleaned|get cleaned up|gets deleted|torn down|be reaped|be wiped|comes to an end|come to an end|be deleted automatically|closes|cease to|good until|good till|run dry|terminates|
      be deleted|
      renewing|outlive|outlast|end dates|expiry dates|expirations|end day|last day|
      about to lapse|about to expire|to lapse|to expire`,
    left: 'left|remaining|remains|remain',
    recap: `recap|summary|summarise|summarize|trail|what did i do|what i did|audit log of|rundown|run down|overview of what|debrief|wrap up of|report of|report on|activity log|log of what|what was done|what got changed|what was changed|session log|write-up|write up|report of what|breakdown of|list of changes|what i touched|what happened while|what happened during|what all did|timeline of|timeline|history of my|log of my|log of everything|record of what|play by play|paper trail|
      protocol of|wrap up|chronology|account of|record of my|minute by minute|minutes of my session|what have i touched|what i have touched|history of what|
      everything i changed|everything i did|all i did|what all i did|post mortem|post incident summary|retrospective|
      sum up|log of yesterday|log of my session|my actions|summing up`,
    did: `did|done with it|changed|touched|modified|made|was done|were done|i did|have i done|actions|changes|happened while|happened during|got up to|have changed|
      has been done|been done|have done|
      altered|was altered`,
    during:
      'while|during|last session|my session|session|the time|last elevation|when i was|while i had|last activation|last time|while elevated',
    keep: `keep|retain|hang on to|hold on to|stay|remain in|last until|last till|last for|run until|run till|stay on|stay in|stay open|keep on|access last|it last|this last|role last|that last|run on|stay up|carry on|keep going|go on|
      leave it|leave it open|leave it on|leave me|leave me in|leave open|leave it running|live on|survive|be left|lasted|lasts|persist|be kept|kept|stay alive|stay active|stay valid|stay switched on|hold it open|hold open|
      to run on|to last|to stay|to continue|to go on|to keep going|live until|live till|to live on`,
    longer: `longer|more time|extra time|for longer|a bit longer|bit more time|additional time|some more time|little longer|past its end|beyond|
      past the end|past its limit|over time`,
    extend: `extend|extends|extending|extension|prolong|renew|renewal|lengthen|push out|roll over|stretch|re-up|reup|push back the end|move the end|add time|
      push the end|top up the time|continue|extend by|tack on|carry on with|
      be extended|extended|be prolonged|prolonged|be renewed|renewed|be lengthened|stretched|push the end of|move the end of|postpone the end|delay the end|draw out|eke out|push back|push it back|
      prolongation`,
    more: `another|more|additional|extra|further|+|again for|on top|on top of that|once more|one more`,
    end: `end|close|drop|deactivate|stop|relinquish|return|surrender|turn off|switch off|disable|give up|finish|end early|ditch|resign from|step down|hand in|give back|hand back|giving back|handing back|returning|dropping|can be closed|can be removed|can be taken|can take back|drop out|quit|switch it off|turn it off|close down|shut off|wind down|log me out of|sign me out of|remove me|take me out|take me off|remove my|revoke my|let go|get rid of|deactivating|ending|pull my|can have back|hand over the keys|release my|release it|release the role|releasing my|leave the group|leave the package|
      shut|shut it|kill|undo|kill my|terminate my|let me out|let me out of|be closed|be ended|be switched off|be turned off|hang up|log off|sign me off|take off me|revoke my own|cease|
      releasing`,
    back: 'back|away|off again',
    off: `off|
      out of|gone|out of the`,
    done: `done|finished|finished with|through with|all set|completed|wrapped up|im done|i'm done|done with|done using|all done|am through|im through|i'm through|task complete|
      work is over|is over|have finished|has finished|wrapped|
      is complete|is completed|are complete|work is complete|am finished|is done|was completed|job done|job is done|mission accomplished|out of the woods`,
    eligible: 'eligible|eligibility|entitled|qualify|qualified|could i activate|can i activate',
    list: `list|show|display|print|show me|list of|overview|tell me|remind me|give me a list|which ones|enumerate|let me know|names of|the names of|list the|who all are|
      name me|name the|name all|enumerate all|run me through|give me all|spell out`,
    difference: 'difference|differ|differs|compared|versus|vs|better for|tell apart|distinguish|distinction|compare',
    exist: `exist|exists|available|are there|is there|do you have|on offer|do you offer|offered|there any|have we got|on the menu|you got|do we have|is offered|to choose from|
      there a|there an|there something|
      any role|any roles|any package|any packages|any group|any groups|any permission|any permissions|any exception|any exceptions|any entitlement|any right|is there something|is there anything|something that|anything that|do you have something|do you have anything|are offered|do you handle|you handle|in stock|on the shelf|in the catalogue|in the catalog|the catalogue|the catalog|
      your catalogue|your catalog|your offer|your range|in your catalogue|the options|options|alternatives|choices|my options|possibilities`,
    lets: `lets me|let me|let us|allows me|gives me|would let|will let|lets you|lets|would allow|allows|fits|fit|suits|grants me|enables me|covers|is right for|be right for|good for|
      includes|gets me|
      suited|suited to|meant for|that allows|which allows|that permits|entitle me|entitles me|include|comprise|comprises|contain|contains|entail|entails|needed for|needed to|necessary for|enough for|enough to|sufficient|serves for|
      used for|useful for|the right one|right one|right role|best role|best fit|right choice|proper role|the right thing|right package`,
    rights: `access|role|roles|permission|permissions|rights|right|elevation|elevations|entitlement|entitlements|exception|exceptions|exemption|exemptions|privileges|
      privilege|packages|package|groups|group|memberships|membership|activations|admin rights|things|assignments|admin|administrator|contributor|reader|owner role|privileged`,
    rule: `rule|rules|policy|policies|limit|limits|conditions|requirement|requirements|mandatory|compulsory|justification|a ticket|a reason|tickets|allowed to|criteria|
      terms|restrictions|any ticket|step up|mfa|ticket number|approval for that|
      permitted|permissible|forbidden|prohibited|is it allowed|would it be allowed|am i allowed|i'm allowed|im allowed|are we allowed|is one allowed|justify|give a reason|provide a reason|give reasons|tell you why|any reason|formalities|preconditions|prerequisites|obligatory`,
    most: `longest|maximum|max|most i can|upper limit|cap on|the most|highest|max duration|maximum duration|time limit|how long can|how long may|how long could|
      longer than|more than`,
    still: `still|currently|right now|at the moment|as of now|presently|these days|today|now|atm|rn|at present|this moment|end of month|end of the month|end of week|end of the week|end of year|end of quarter|end of the sprint|end of sprint|
      isn't finished|is not finished|not finished|not done|isn't done|aren't done|not yet finished|not yet done|isn't complete|unfinished|not complete|nowhere near done`,
    everyone: `everyone|everybody|all people|people|all users|members|who all|all the people|anyone|anybody|which users|holders|users who|folks with|
      someone else|somebody else|anyone else|anybody else|colleagues|teammates|persons|employees|whoever else`,
    if: `if|what if|what would happen|suppose|hypothetically|assuming|what happens|
      in theory|theoretically|in principle|purely hypothetically|were i to|if i were to|just hypothetically|what would it take`,
    have: `have|has|had|hold|holds|holding|got|hv|possess|having|in possession of|carry|sits in|sitting in|sit in|currently in|use right now|is in|are in|
      a member of|member of|allowed to do|able to do|switched on|turned on|is active|are active|am active|in force|is elevated|are elevated|got access to|at my disposal|
      am i allowed to do|are we allowed to do|am i able to do|
      keep getting|keep seeing|keep running into`,
    get: `get|getting|receive|obtain|gain|acquire|join|be added|be given|be granted|borrow|get into|get on|come by|be put|
      come into|enter|gain access|lay hands on|lay my hands on|
      be let into|be let in|be admitted|be allowed into|be put on|be let onto`,
    open: 'open|opened|opening',
    help: `help|commands|how does this work|how does this thing work|how does that work|how do i use|usage|instructions|manual|what can you do|help me out|what do you do|how do you work|how it works|how does it work|what are you|who are you|tutorial|getting started|how to use you|man|menu|info|faq|docs|how this works|what can i say|what can i type|what can i tell you|what commands|guide|halp|how this bot works|how the bot works|understand how|how to work with|help pls|sos|how do you|what else can you|introduce yourself|how do i talk to you|how do i get started|
      explain how|explain yourself|explain to me how|explain me how|how do i request|how do i ask|how can i ask|how do i apply|how do i file|how to request|how to ask|how should i ask|how does one ask|how do i request access|show me examples|show me some examples|some examples|give me an example|an example|examples of|what should i type|what should i write|what do i type|what do i write|what should i say|what do i say|what can you help me with|what can you help with|what are you good at|what are you for|what is this bot|what's this bot|what is this bot for|what is this for|where do i start|the commands|how to use this|how to use it|introduction|introduce|intro please|what do you understand|what do you know|understand what you can do|how do i start|how to start|teach me|walk me through how|your abilities|your capabilities|capabilities|your features|features|how one uses you|how does one use you|how you work|how you are used|i'm new here|am new here|never used you|never used this bot|what is possible here|
      explain what you do|explain what you can do|what's your purpose|what is your purpose|your purpose|don't know what to write|dont know what to write|what to write|what to type|what to say|assist me|i'm lost|am lost|make a request|place a request|what kind of questions|what questions|do not know what to write|assistance|assist|orientation|cheat sheet|cheatsheet|crash course|explain what this does|what does this bot do|how does one|
      what you can do|about yourself|what can i do with you|what do i do here|how do i talk|what is latchkey|what's latchkey|no idea how this works|tips how to ask`,
    use: `word|phrase|formulate|use you|type|address you|using you|write to you|works|tell you|ask things`,
    greet: `hi|hiya|hello|hey|yo|good morning|good afternoon|good evening|good day|morning|evening|howdy|greetings|heya|sup|afternoon|hi there|hey there|hello there|morning all|gm|hola|happy new year|happy friday|merry christmas|happy monday|happy holidays|good to see you|how are you|how are you doing|how goes it|how is it going|wassup|what's up|whats up|happy easter|season's greetings`,
    thank: `thanks|thank you|thx|ty|cheers|many thanks|tysm|thanks a lot|much appreciated|appreciate it|appreciated|ta|thanks a million|thank u|thnx|tks|thanks so much|
      for your help|for the help|for helping|for your support|for the support|for the quick help|for your time|for the quick reply|for your patience|bless you|grateful|obliged`,
    praise: `great|nice|cool|perfect|awesome|brilliant|excellent|lol|haha|good bot|well done|love it|good job|bye|goodbye|see you|ok|okay|k|sure|you rock|amazing|wow|sweet|
      fantastic|neat|lovely|have a nice|have a good|good night|gn|cya|you're the best|you're faster|splendid|super|see ya|later|got it|works now|worked|it worked|legend|wonderful|good stuff|
      you saved|life saver|lifesaver|
      no worries|my pleasure|likewise|same to you|good to hear|glad to hear|wrong chat|take care|enjoy your|a star|a hero|a gem|you're a star|rock star|how's your day|how is your day|hows your day|nice weekend|nice evening|nice day|good day to you|have fun|all good|no problem|never mind me|just saying hi|just testing|testing|impressive|well played|nicely done|top notch|first class|very kind|so kind|how nice|happy to hear|talk soon|talk later|that was quick|that was fast|speak soon|until tomorrow|see you tomorrow|the best|
      thank god|
      you're welcome|you are welcome|welcome back|nice to meet you|pleased to meet you|congrats|congratulations|hooray|yay|fine by me|sounds good|good one`,
    please: `please|pls|plz|plss|kindly|pleas|plese|
      would be grateful if|be grateful if|be obliged if|be much obliged if|appreciate if|appreciate it if|be great if|be nice if|be good if|be lovely if|be helpful if|be wonderful if|be kind enough to|be so kind as to|so kind as to|kind enough to|would you mind|do you mind|mind if|mind giving|grateful if|glad if|be glad if|be happy if|be so good as to|do me a favour|do me a favor|
      time to|it's time to|its time to`,
    you: 'you|u|ya|bot|latchkey',
    i: "i|we|i'm|im|i've|ive|we're|we've|i'll|i'd",
    my: `my|our|mine|ours|of mine|of ours|
      my own|our own`,
    me: 'me|us|myself',
    other: "he|she|they|his|her|their|him|them|he's|she's|they're",
    be: "is|are|am|was|were|'s|be|been|isn't|aren't|will be|being",
    do: 'do|does',
    can: "can|could|may|might|shall|would|will|can't|cant|couldn't|cannot|should|won't",
    not: `not|no|never|without|don't|dont|doesn't|didn't|do not|does not|nothing|nope|
      no longer`,
    and: 'and|plus|n|as well as|together with|along with|&',
    or: 'or',
    for: `for|
      no more than|not more than|
      at most`,
    wrong: `sorry|oops|whoops|
      hold on|my mistake|my bad|my fault`,
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
    on second thoughts|hmm|or rather|should be|not|i.e.|ie|in other words`,
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
      'midnight|midnite': 24,
      'eod|end of day|end of the day|cob|close of business|end of business|eob|end of play|end of today|end of the working day|end of my day': 18,
    },
    links: {
      until:
        "until|untill|till|til|'til|up to|up to and including|until and including|till and including|up until|through to|thru|through|to the end of|ending at|ending|upto|no later than",
      from: 'from|frm|starts|starts at|starts on|not before|no earlier than|not earlier than|beginning on|as from|starting from|starting at|starting on|starting|as of|beginning|between|start at|start on|begins|beginning at|effective|with effect from|start|kicking off at|kick off at',
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
      andHalf: 'and a half|and half|½|& a half|n a half|n half|1/2|and 1/2',
      andQuarter: 'and a quarter|and one quarter|n a quarter',
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
      inclusive:
        'inclusive|inclusively|incl|included|including|through|both included|both days included|both days|both inclusive',
      through: 'through|thru|through to|up to and including|until and including|till and including',
      whole: 'the whole of|whole of|all of|all|the whole month of|the month of|the entire month of|whole',
      allDay: 'all day|all day long|the whole day|whole day|that whole day|the entire day|all of that day',
      dayAfter: 'the day after|the following day|following day|the next day|next day',
      thatDay: 'that day|the same day|on that day|then|on the day',
      thisTime: 'this time|this same time|the same time|this hour',
      year: 'year|this year|calendar year',
      endOf: 'the end of|end of|the end of the|end of the|the end of this|end of this',
      lasting: 'last|run|runs|running|stretch|extend|prolong|push|keep|stay|continue|live|leave|let',
      happening:
        'expires|expire|expireson|expires on|has expireson|ends|dies|lapses|lapse|runs out|run out|closes|leaves|arrives|is due|due|starts|begins|is retired|retires|goes live|fails|stops|shuts',
      onward: 'on|onwards|onward',
    },
  },
  spoken: {
    discards:
      "no|nope|nah|never mind|nevermind|nvm|forget it|forget that|forget this|forget about it|forget about that|forget about this|leave it|no thank|no thanks|no thank you|no thanks you|don't bother|dont bother|do not bother|changed my mind|i changed my mind|i've changed my mind|i have changed my mind|neither|neither of them|neither of these|neither of those|none|none of them|none of these|none of those",
    yes: "yes|yep|yeah|yup|y|aye|ok|okay|sure|right|correct|exactly|perfect|great|good|fine|looks good|looks right|looks fine|sounds good|sounds right|that's it|that's right|that's fine|that's correct|that's the one|thats it|thats right|thats fine|thats correct|thats the one|go|go ahead|go for it|do it|please do|proceed|continue|confirm|confirmed|i confirm|accept|submit|send|approve",
    courtesies: 'please|pls|thanks|thank you',
    leadsToNumber:
      "no|ok|okay|actually|sorry|well|please|then|better|rather|just|only|let's|lets|how about|what about|and|so|maybe|can you|can we|could you|could we|i'd|id|i would|like|prefer|say|change it to|change that to",
    bareNumbers: 'one|two|three|four|five|six|seven|eight|ten|twelve',
    places: [
      '1|1st|first|one|a|former|upper|top',
      '2|2nd|second|two|b',
      '3|3rd|third|three|c',
      '4|4th|fourth|four|d',
      '5|5th|fifth|five|e',
      '6|6th|sixth|six|f',
      '7|7th|seventh|seven|g',
      '8|8th|eighth|eight|h',
    ],
    last: 'last|latter|bottom|lower',
    several: 'both|all|each|every|either|any|whichever',
    undecided: "don't know|dont know|dunno|not sure|no idea|you choose|you decide|you pick",
    aroundChoice:
      "the|one|ones|number|no|nr|option|choice|please|pls|i|mean|meant|i'd|i'll|want|need|take|like|would|go|with|that|this|it's|its|is|think|ok|okay|yes|yeah|it|sorry|actually|rather|and|my|a|an|for|me|role|access|thanks|thx|from|list|er|um|hm|well",
    behindChoice: 'because|since|so that|so i|in order|to|for|until|till|from|starting|and',
    goesOn: 'for|to|until|till|because|from|at|in|so|since|by|with|as|on|due',
    asks: 'I need',
    adds: 'more|longer|another|extra|additional|add',
    lessens: 'less|shorter|fewer',
    denies: 'not',
    because: 'because|cuz|so that|in order to|due to|reason:|reason is:|justification|justification:',
    inOrderTo: 'so i can|so i could|reason',
    closesReason: '',
    personNeeds:
      'need|needs|should|shld|must|will need|would need|want|wants|require|requires|starts|have|get|gets|is to have|is to get|is to be given|are to have|are to get|are to be given|be added|be given|be put|also need|also needs|really need|really needs|urgently need|urgently needs|could use|is after',
    givesTo:
      'can|could|may|give|grant|let|get|set|add|assign|enable|put|provide|hook|see to it that|make sure|make sure that|ensure|ensure that',
    onBehalfOf: 'for|on behalf of|behalf of|to|4',
    beforeName: '',
    colleague: 'our|my colleague|colleague|my teammate',
    forPerson: '',
    and: 'and',
    or: 'or',
    alongWith: 'plus|n|as well as|along with|together with',
    both: 'both|all two|all three|all four|all of them|all of these',
    refuses:
      "not|instead of|rather than|isn't|don't need|dont need|do not need|don't want|dont want|do not want|don't give me|dont give me|do not give me|don't assign me|dont assign me|do not assign me",
    without: 'not|no|without',
    which: 'which|what',
    unsureWhich:
      "not sure|no idea|unsure|not certain|don't know|dont know|dunno|idk|one of the|whichever|either of|can't remember which|can't remember what|can't remember if|cant remember which|cant remember what|cant remember if|don't remember|dont remember|do not know|can't tell|cant tell|which is mine|don't care which|dont care which|or the other|with or without",
    qualifies: 'that|which|who|with|w/|can|may|incl|including|able|allowed',
    whatFor: 'for|as|because|since|while|so|but',
    currencies: { 'pound|pounds|quid|quids': 'GBP', 'buck|bucks|dollar|dollars': 'USD', 'euro|euros': 'EUR' },
    insteadOf: 'instead of|rather than|up from|from|not',
    upTo: 'to',
    becomes: 'become|to|into',
    thousand: 'k|thousand',
    tokens: 'token|tokens',
    per: 'per|a|each',
    quota: 'tpm|tokens per minute|token limit|capacity|quota|throughput',
    inItsPlace: 'sorry|meant|mean|rather|instead|correction|actually|no|nope|oops|make it|make that|scratch',
    forLength: 'for|4',
    otherLength:
      'last|past|every|each|kept|keep|only|older than|since|after|previous|retention|retention to|retention of|retention from|within|instead of|per|to|from|ago|than|other|first|all|those',
    otherHour: 'since|the|by|before|after|last|past|than|until|till|of|every|each',
    beforePast: 'since|last|past|before|after|by',
    behindNumber: 'for|to|please|pls|because|i|we|if|so|today|cause',
    hourMark: 'am|pm|a|p|h',
    ordinalEnds: 'st|nd|rd|th',
  },
  means: {},
}
