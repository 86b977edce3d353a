/**
 * Given names, one a line: the Arabic spelling, then spellings in Latin letters that French, English, Spanish, Turkish,
 * Somali or West African writers use. Two words of different lines are different names however alike they look (Hassan,
 * Hussein); a spelling that stands on two lines (Amar) may be either. Spellings not listed are placed by the learned
 * transducer. Names in *abd-* stand without it. Written by hand from common knowledge of names.
 */
export const ARABIC_GIVEN_NAMES = `
محمد mohamed mohammed muhammad mohammad mohamad muhamad muhammed mohd mohmd muhd md med mouhamed mouhamad mohamet muhamed mahamed mehmed mehmet mamadou mahamat mojamed mojammed maxamed moh muh mahomed mohamud امحمد mhamed محمّد
محمود mahmoud mahmud mahmood mehmood mahamud mahamoud maxamuud mehmoud majmud mahmut
أحمد ahmed ahmad ahmet achmad ahmat axmed ajmed amadou ahmadou ahamed ehmed
حميد hamid hameed hamide xamiid
حامد hamed haamed hamid haamid
حمد hamad hammad
حماد hammad hamad
حمادي hamadi hammadi hemmadi
حمدي hamdi hamdy
حمدان hamdan hemdan hamdane
حمزة hamza hamzah hamze hemza
محسن mohsen muhsin mohcine mohsin mouhcine mohcen
مهند mohannad muhannad mohanad muhanad
مهدي mehdi mahdi mahdy mehdy
هادي hadi hady haadi hedi
حسن hassan hasan hacene hassen hacen lahcen lahcene alhassan elhassan xasan jasan lhassan hasen hassane hasn
حسين hussein hocine houcine husayn hussain hossein hosein husain hussien hossain houssein hussin hoseyn xuseen huseyin jusein lhoussaine lahoucine elhoucine hocin husein hissein hissene hassine
حسان hassan hassane
حسني hosni husni housni hosny
حسنين hassanein hasanain hassanin
إحسان ihsan ehsan ihssane ihsane ahsan
أحسن ahsan ahcene
عمر omar umar omer oumar amar cumar ömer amor
عمار ammar amar aammar
عامر amer amir ameur aamer aamir amor
عمرو amr amro amrou
أمير amir ameer emir
عمران imran omran amran umran amrane
معمر maamar muammar moammar maammar mammar mouammar
علي ali aly cali
علاء alaa ala allaa aala
علوي alawi alaoui alavi
عالية alia aliya
أعلى aala
سعيد said saeed saïd saied sayed seid siciid saeid sayeed zaid
سعد saad sad saâd
سعود saud saoud saood
مسعود masoud massoud masud messaoud masood messoud
أسعد asaad assad asad assaad
أسد asad assad
سعدون saadoun sadun saadun
سعدي saadi sadi saady
سعاد souad suad soad
خالد khaled khalid jaled khalled
خليل khalil khaleel jalil halil khelil
خليفة khalifa khalifah khelifa
خلف khalaf khallaf
جلال jalal djalal galal jelal jelloul
جليل jalil djalil jaleel galil
جلول djelloul jelloul
جمال jamal djamel gamal djamal jamel yamal cemal jammal
جميل jamil djamil gamil jameel
كمال kamal kemal
كامل kamel kamil kaamil
ناصر nasser nasir naser nacer nassir
نصر nasr nasser
نصير nasir naseer nassir nacir
منصور mansour mansur mansoor mansor
منتصر muntasir montassar
نسيم nassim nasim naseem nacim
ياسين yassine yasin yassin yacine yaseen yaasin
ياسر yasser yasir yassir yaser
يحيى yahya yahia yehia yahiya yehya yahye
يونس younes yunus younis yunis younus younous
يوسف youssef yusuf yousef youcef youssouf yousif yusef yosef yusif joseph youcif yousuf
سليم salim saleem selim slim
سالم salem salim
سلام salam sallam
سلمان salman selman
سليمان sulayman suleiman slimane sulaiman suleyman soleiman soliman souleymane soulaimane saleban soulayman souleiman
سلامة salama salamah
صالح saleh salih salah
صلاح salah saleh
إسلام islam eslam
مسلم muslim moslem
إسماعيل ismail ismael ismaïl esmail ismaeel smail esmaeil
سمير samir sameer
سامي sami samy
سامر samer samir
طارق tarek tariq tarik tareq
رفيق rafik rafiq rafic
توفيق toufik tawfiq tawfik taoufik tewfik tawfeeq
كريم karim kareem kerim
أكرم akram ekrem
مكرم makram
إكرام ikram
رشيد rachid rashid rasheed reşit
راشد rached rashed rashid
رشاد rachad rashad
رشدي rushdi rochdi rushdy
ماجد majed majid maged
مجيد majid majeed medjid
أمجد amjad amjed
مجدي magdi majdi magdy
وليد walid waleed oualid
وائل wael wail ouail
وسيم wassim wasim waseem ouassim
فيصل faisal faycal fayçal faysal feisal fayssal
فاضل fadel fadil fazel fadhel
فضل fadl fazl fazal
فادي fadi fady
فؤاد fouad fuad foad
فهد fahd fahad
فهمي fahmi fehmi
فريد farid fareed ferid
فاروق farouk faruq farooq farouq faruk
فرج faraj farag
فرحات ferhat farhat
فتحي fathi fethi fathy
فتاح fattah fatah fettah
فارس fares faris
فراس firas feras
فايز fayez fayiz faiz
فوزي fawzi faouzi fawzy fouzi
نبيل nabil nabeel
نديم nadim nadeem
نادر nader nadir
ناظم nazem nazim
نظير nazir nazeer
نعيم naim naeem
ناجي naji nagi
نجيب najib nagib nadjib najeeb
نجم najm
نوح nuh nouh
نوري nouri nuri noori
نور nour nur noor
أنور anwar anouar anwer
أنيس anis anees
منير mounir munir moneer muneer
مراد mourad murad morad
مروان marwan marouane merouane
مصطفى mustafa mustapha mostafa moustafa mostefa moustapha mustafe
مختار mokhtar mukhtar mojtar moctar
مرتضى murtada morteza murtaza
مجتبى mojtaba mujtaba
موسى musa moussa mousa moosa muuse
عيسى issa isa aissa eissa ciise
عثمان othman osman uthman otmane ousmane usman athmane cismaan outhmane
قاسم qasim kassem kacem kasim qassem qasem gacem ghassem kasem
بلقاسم belkacem belgacem belkassem
قادر kader qader qadir kadir qadeer cader
رحمن rahman rahmane
رحيم rahim raheem
رزاق razzak razzaq razak
غفار ghaffar ghafar
غفور ghafour ghafur ghafoor
غني ghani
غفران ghofran
عزيز aziz azeez
جبار jabbar djabbar
حكيم hakim hakeem
حق haq haqq hak
حليم halim haleem
حفيظ hafid hafiz hafeez
لطيف latif lateef
مالك malek malik
مليك melik malik
واحد wahid wahed
وهاب wahab ouahab wahhab
هاب hab
رؤوف raouf rauf raoof
سلم salm
صمد samad
ستار sattar
شكور shakour chakour
باسط basit baset
باقي baqi baki
باري bari
خالق khaliq khalek khaleq
قيوم qayyum qayoum
قدوس quddus qudus
منعم monem moneim mounim
هيثم haitham haythem
إله ilah
له lah llah
جهاد jihad djihad jehad
جعفر jafar jaafar djaafar
جاسم jassim jasim jasem
جابر jaber jabir djaber
جبران gibran
جواد jawad javad djaouad
إبراهيم ibrahim brahim ebrahim ibrahima ibraheem ibrahem ibraahim
إدريس idris driss idriss
إسحاق ishaq ishak isaac
إلياس ilyas elias lyes ilias
إياد iyad eyad
أيمن ayman aymen aiman
أيوب ayoub ayyub ayub
أمين amin amine ameen alamin lamine
أشرف ashraf achraf
أسامة osama oussama usama
أدهم adham
آدم adam
عادل adel adil
عدنان adnan adnane
عقيل aqil akil
عباس abbas
عطية attia atiya
عطا atta ata
عارف aref arif
عصام issam isam essam
عاصم asem asim assem
عماد imad emad
عبيد obeid ubayd ubaid
عيد eid aid
عز ezz azz izz
عرفات arafat
عربي larbi arbi arabi
عياش ayache ayash
عمارة amara
بدر badr bader
بكر bakr bekr bekir
أبوبكر abubakr abubakar aboubakar boubakeur boubaker aboubacar boubacar
بلال bilal belal billal
بشير bachir bashir basheer beshir
بشار bachar bashar
باسم basem bassem basim
بسام bassam
برهان burhan bourhane
بوعلام boualem
بومدين boumediene boumedienne
تامر tamer
تميم tamim
تاج taj tadj
ثامر thamer
جيلالي djilali jilali
جيلاني jilani jilany
حاتم hatem hatim
حارث harith hareth
حازم hazem hazim
حبيب habib habeeb
حسام hossam husam houssam
حيدر haydar haider heydar
حنيف hanif
خضر khedr khader khodr
أخضر lakhdar akhdar
خير khair kheir
داود daoud dawood dawud david daud
ذاكر zakir
رابح rabah
ربيع rabie rabia rabi
رائد raed
رعد raad
رأفت raafat rafat
رافع rafeh
رامي rami ramy
رمزي ramzi ramzy
رمضان ramadan ramdane ramazan ramadhan
رضا reda rida reza redha ridha riza
رضوان redouane ridwan radwan redwan
رياض riad riyad riadh
زبير zubair zoubir zubayr
زكريا zakaria zakariya zakarya
زكي zaki zeki
زهير zuhair zouhir zoheir
زياد ziad ziyad zied
زيد zaid zayd zeid
زايد zayed
زين zine zain zein
زيدان zidane zaydan zidan
سفيان sofiane sufyan soufiane sofian
سهيل souheil suhail sohail
سيف seif saif sayf
سيد sayed sayyid sayyed seyed said
شاكر shaker chaker shakir
شريف cherif sharif sherif shareef charif
شعيب shuaib chouaib
شعبان shaaban chaabane shaban
شهاب shihab chihab shehab
شوقي shawki chaouki shawqi
شمس shams chams
شرف sharaf charaf
صابر saber sabir
صبري sabri sabry
صبر sabr
صادق sadek sadiq sadegh
صديق seddik siddiq sadiq
صفي safi
صلح solh
ضياء diaa dhia zia diya
طاهر tahar taher tahir
طه taha
طلال talal
طالب taleb talib
طيب tayeb tayyib taieb
ظاهر zahir dhaher
عبد abd
عبيدة ubaida obaida
غالب ghaleb ghalib
غسان ghassan
غازي ghazi
لطفي lotfi lutfi
لقمان luqman lokman
ليث laith leith
مازن mazen mazin
ماهر maher mahir
مبارك mubarak mbarek moubarak mebarek
محرز mehrez
محي mohi
مختاري mokhtari
مشعل mishal
معاذ muadh moaz mouad
معتز moataz mutaz
معاوية muawiya
مفتاح miftah muftah
مقداد mekdad
ملك malak
منذر mondher munther
موفق mowaffak
ميلود miloud
ميلاد milad
نزار nizar
نذير nadhir nadir
نعمان numan nomane
هارون haroun harun
هاشم hashem hachemi hashim
هشام hicham hisham hichem
هواري houari hawari
هاني hani hany
همام hammam
هلال hilal
وجدي wajdi
وحيد wahid waheed
ياقوت yakout
يعقوب yaqub yacoub yakoub jacob yaqoob
يزيد yazid yezid
فاطمة fatima fatma fatimah fatoumata fadma
فتيحة fatiha
فتحية fathia
فريدة farida
فايزة faiza fayza
فضيلة fadila
خديجة khadija khadidja khadijah kheddouj
عائشة aicha aisha aysha aïcha
أسماء asma asmaa
أمينة amina aminah
آمنة amna emna
آمال amal amel
أمل amal
مريم maryam meryem mariam miriam meriem
زينب zineb zaynab zainab zeinab
زهرة zohra zahra
زهراء zahra
ليلى leila layla laila
سارة sara sarah
سميرة samira
سميحة samiha
سناء sanaa sana
سلمى salma selma
صفية safia safiya
صالحة saliha
رشيدة rachida rashida
رقية rokia ruqaya ruqayya
راضية radia
نادية nadia
نجاة najat
نورة noura
نوال nawal
نعيمة naima
هدى houda huda hoda
هند hind
هاجر hajar hadjer
حنان hanan hanane
حفصة hafsa
حياة hayat
جميلة djamila jamila
كريمة karima
لطيفة latifa
مليكة malika
منى mona mouna
نبيلة nabila
وفاء wafa
وردة warda ouarda
ياسمين yasmine yasmin
يمينة yamina
بشرى bouchra bushra
بديعة badia
إيمان iman imane
إلهام ilham
ابتسام ibtissam
دليلة dalila
حورية houria
شريفة cherifa sharifa
شهرزاد chahrazed
عزيزة aziza
غنية ghania
فوزية fouzia fawzia
سعيدة saida
سعدية saadia
`;
