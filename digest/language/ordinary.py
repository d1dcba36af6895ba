"""Ordinary words of news English: capitalised at the start of a sentence, they are no names. Own list."""

from __future__ import annotations

from digest.language.words import STOPWORDS

_WORDS = """
accordingly actually additionally admittedly afterwards ago albeit allegedly almost alone along already although
altogether always amid among amongst another anyone anything anyway apart apparently approximately around aside away
back barely basically beneath beside besides better beyond broadly certainly clearly consequently currently despite
directly downtown due earlier early easily effectively elsewhere enough especially essentially even eventually everyone
everything exactly except fewer finally first firstly following forget formerly fortunately frankly frequently fully
fundamentally furthermore generally given gone hardly hence hopefully hours immediately importantly indeed initially
inside instead interestingly ironically jointly last lastly late lately later least less likewise little local locally
long longer lots many maybe meanwhile merely minutes moments moreover mostly naturally near nearby nearly neither never
nevertheless new newly next nobody none nonetheless normally nothing notably notwithstanding nowhere obviously
occasionally often ok okay old originally otherwise outside overall overnight partly perhaps please possibly potentially
practically presumably previously primarily probably promptly publicly quickly rarely readers really recent recently
regarding regardless regionally relatedly repeatedly reportedly right roughly sadly second secondly separately seriously
several shortly similarly simply simultaneously slightly slowly someone something sometimes somewhere soon specifically
strangely subsequently suddenly supposedly sure surely technically thank thanks thereafter therefore third thirdly
throughout today together tomorrow tonight totally traditionally twice typically ultimately undoubtedly unfortunately
unless unlike unsurprisingly usually virtually well whatever whenever whereas wherever whoever worldwide worse yes
yesterday zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
million millions billion billions dozen dozens half accused add adding admit agree aim allow announce appear approved
arrested arrives ask asked asking attack attacking awaiting backed bad based beat become begin believe big blast bring
bringing build building call called calling came carrying cause check chief choose cited citing claim claimed click
close coming compare compared confirmed consider considering considered continue cut dead deal declared deep demand
denied describing details die died done driven enter expect expected explain facing facts failing fast feel fell find
follow forced founded found free full future get gets getting give gives giving go going good got great hard headline
hear help hidden high highlights hit hits hold home hope hot huge include included including increase injured join keep
key kill killed kills know known large latest launch launched lead leading learn leave leaving led left like live living
located look looking lost love made main major make making massive mean meant meet missing mixed move named need needed
needs note noted noting offering open opening opponents order paid part past pay people photo photos picture place plan
planned play posted pressed previous put quoted raised read reached real receive released remember repeated reports
report reported responding rising run running saw search see seeing seen selected send sent set share sharing show
showing shows sign signed small speak speaking special speculation spoke spokesman spokesperson spokeswoman stand start
started starting state stated stay stop stopping story strong support take taken takes taking talk talks tests think
time top total touch true trust try trying turn understand update updated updates upset use used using vote wait want
wanted war warned warning watch watching way win winning wish work working world worried worst writing written wrote
access accident accidents account accounts act action actions activists activity actor actors adults adviser advisers
advisors agencies agency agents agreement aid air aircraft airlines airport airstrike airstrikes alarm allies amendment
ammunition analysis analyst analysts anger animals answer answers apartment appeal area areas army article artillery
assault attacker attackers attacks attempts attention attorney attorneys audiences authorities aviation award baby
ballots ban bank banks battle bigger bill bills bishops blood board boats bodies body bomb bombs books border boys
breaking bridge budget buildings bus business businesses buyers campaign campaigners cancer candidates capital care cars
case cases casualties ceasefire celebrities central chairman champion chances change changes charges charity child
children church cities citizens city civilian civilians claims class clashes climate clinics coach coalition collective
college combat comment comments commission commissioner committee communication communities community companies company
competition concern concerns conditions conflict congressional conservative conservatives construction consumer
consumers contract control conversation corruption cost costs council countries country couple court courts coverage
credit crew crews crime crimes crisis critics crowd crowds customers cyber damage danger data date daughter day days
deadline deaths debate debris debt decision decisions defence defense deliveries demonstrators deputy detectives
development dialogue diplomacy diplomatic diplomats director disaster disease district doctors domestic donors doubt
driver drivers drone drones drug drugs earthquake earthquakes economic economists economy editor editors education
effort efforts election elections electricity embassy emergency employees employers end energy engineers entire
environmental equipment escape events evidence ex example executive executives exit experts explosion explosions exports
exposure eyewitnesses face factories faith families family fans far farmers fatalities father fear fears federal
fighters fighting figures film final finance financial fire firefighters fires firms fishermen flames flights flood
flooding floods food footage forces foreign former founder freedom friends front fuel funding funds funeral game gas
gender general girls global goal goals gold governing government governments governor groups group growth guards gun
gunfire gunman gunmen guns head heads health heavy helicopters higher historians history homes hospital hospitals
hostages house households houses housing human hunger images imports income independent industrial industry inflation
information infrastructure inmates insiders inspectors insurance intelligence interest international internet
investigation investigators investment investors islands issues job jobs joint journalist journalists judge judges jury
justice kids land landlords language law lawmaker lawmakers lawyer lawyers leader leaders leadership legal legislation
legislators letters level levels life lives loans locals logistics looters low lower luck majority man managers
manufacturing market markets marriage mass materials matters mayor means measures media medical medics medicine members
men messages middle migrants military militants militia militias minister ministers ministry minors missile missiles
mobile modern money months mood mother motive motorists mourners movement movies multiple municipal murder music nation
national nations natural negotiations negotiators neighbors neighbours network networks news night noon north northern
nuclear number numbers nurses object obstacles occupants offer offers office officer officers official officials oil
online operation operations opinion opposition orders organisation organisations organisers organizations organizers
original overseas owner owners pain panic parents parliament parliamentary parties parts party passengers patients peace
pension person personal petrol phase phone physicians pilot pilots plane planes plans players points police policies
policy political politicians politics poll polling polls pollution poor population post power prayers preliminary
present president presidential press pressure price prices priests prison prisoners private product production profits
progress project promises proposals prosecution prosecutor prosecutors protest protester protesters protestors protests
province provincial public pupils purchase quake quarterly question questions race radio rain rainfall rates reaction
reactions rebel rebels record records referendum reform refugee refugees regional regulators relations relatives relief
religion religious reporter reporters representatives republicans rescue rescuers research researchers residents
resistance results retail retired revenue revenues rights rioters rival rivals roads rockets role royal rules rumors
rumours safety sales sanctions satellite scenes school schools science scientists seats secret secretary sections
security seismologists senator senators senior service services session shares shelling ships shop shops shots shooting
side sirens site sky snow social soldiers sources south southern sport sports staff star states statement statistics
stock stocks stores storm storms streets strike strikes strikers struggling student students studies study style sub
summer summit supplies supply supporters surgeons surgery survey survivors suspect suspects system systems tanks taxes
teachers team teams tech technology television temperatures tensions terms terror terrorism terrorist terrorists test
thieves things thoughts threats throwing tickets times toll tourism tourists town trade traders traffic train training
trains transport travel treatment trial tributes troops trucks truth tsunami union unions unit university unknown upper
urban users vaccines vehicles venture vessels veterans vice victim victims victory video videos view viewers villagers
villages violence visitors volunteers voter voters voting wages warships water wealth weapon weapons weather weeks
weekly west western whole winds winter witness witnesses woman women workers writer year years yields young youth youths
ability additional advanced aggressive alert alternative angry annual anonymous armed bare basic beautiful black blue
bold brave brief bright broken brown busy certain cheap civil clean clear cold common complete complex confident
constant controversial cool core correct criminal critical crucial current daily dangerous dark dear decent deeply
definite different difficult digital direct double dramatic dry easy eastern electoral electronic eligible elite empty
enormous essential estimated ethnic exact excellent exclusive experienced extra extreme extremely fair false familiar
famous fatal favourite fellow fierce fine firm fit flat focused formal fourth fresh friendly frustrated funny gentle
genuine giant glad golden gray green grey growing guilty happy harsh helpful historic holy honest horrible hostile
humanitarian identical illegal immediate important impossible impressive individual informed innocent intense
interesting internal jobless keen lacking liberal limited lonely loud lucky mad maximum mental mere mild minor moderate
moral narrow nasty native negative nervous nice noble normal northeast northwest obvious odd ongoing opposite ordinary
organised organized outgoing overdue peaceful perfect permanent physical pleased plenty popular positive possible
powerful precise pregnant premium prime prior probable prominent proper proud pure quiet radical random rapid rare ready
red regular relative relevant reliable rich rough round rural sad safe secure selling sensitive separate serious severe
sexual sharp short shocking shot significant silent similar simple single skilled smart smooth soft solid sorry
southeast southwest spare specific stable standard steady steep strange strategic strict stunning subject sudden
sufficient surprising suspected tactical tall technical temporary terrible thick thin tight tiny tired tough tragic ugly
unable unclear unhappy unidentified unique united unlikely unnamed unprecedented unusual urgent useful usual valuable
various vast violent visible vital voluntary warm weak white wide wild willing wise wonderful wooden wrong younger
""".split()

ORDINARY = STOPWORDS.union(_WORDS)
