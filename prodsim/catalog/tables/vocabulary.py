"""Words that shops write, by language, and frequent characters of those with many: what encodings are told by."""

EUROPEAN = {
    "French": """été légère léger vêtements vêtement déjà modèle matière dentelle imprimé imprimée rayé rayée
        manches élastique côtelé côtelée brodé brodée coloré clé beauté bébé fille garçon femme à café
        crème chaîne mèche tête forêt bleu foncé fuchsia doré dorée argenté métallisé écru beige kaki gris
        chiné décolleté échancré près légères chaussées où noël naïf hôtel âge goût île français française
        leçon réf qualité prêt très sœur œillets manœuvre""",
    "German": """größe größen grün hellgrün dunkelgrün weiß weiße weißer röcke kleider gürtel strümpfe schnürschuhe
        schuhe hüte mütze mützen mäntel mädchen für damen herren übergröße ärmel kurzärmelig langärmlig
        gefüttert tüll blümchen süß schön schöne schöner größer über müller straße außen länge überzug
        schlüssel täschchen knöpfe knöpfen bügel träger taillengürtel stück jäckchen höhe öko ökologisch
        rüschen spitzenärmel qualität verfügbar""",
    "Spanish": """niño niña niños niñas pantalón camisón algodón cinturón marrón diseño pequeño tamaño año español
        cañón pañuelo muñeca baño señora básico básica cómodo elástico elástica artículo descripción
        colección versión estación único única clásico fácil lavandería azúcar tacón sujetador también más
        mamá interés número público suéter bebé café jersey rosé está aquí país maíz""",
    "Portuguese": """calça calças cordão algodão estação verão tamanho coleção promoção botão blusão macacão não são
        mãe irmã maçã lã calção calções criança crianças bebê tênis bônus você três você básico básica
        confortável código preço preços disponível máquina sandália óculos cinturão médio média branço
        açúcar""",
    "Italian": """è più qualità città novità perché già così però università virtù blu caffè età comodità elasticità
        varietà disponibilità là lì né sì""",
    "Scandinavian": """blå grå grön grønn grøn röd rød klänning klänningar tröja tröjor skjorta byxor skor väska kläder
        barn på för från och större storlek kjole bukser sko støvler trøje hætte kvinder mænd pige dreng
        børn størrelse længde ærmer ærme nål båt båd små må få gå åben åpen ytterkläder överdel mössa
        bälte strømper trøjer jakke særlig farve grå mørk mørkeblå lyseblå ljusblå mörkblå vinterjakke løs
        nyhet höst vår sommar lång långärmad kortärmad skärp färg småbarn""",
    "Finnish": """kengät vyö käsi hyvä mekko naisten miesten värikäs sininen vihreä keltainen punainen väri sävy
        tyttö pöytä käsilaukku pitkä lyhyt hyvä tämä päällys myös yö lämmin sormikkaat pipo sukkahousut
        hääpuku hämärä""",
    "Polish": """żółty żółta żółte czerwony czerwona niebieski niebieska różowy różowa beżowy brązowy biały biała
        białe sukienka spódnica spódnice koszula kołnierz rękaw rękawiczki dziecięcy dziewczęcy chłopięcy
        męski męska męskie damska koszulka płaszcz kurtka bluza spodnie dżinsy jeansy skóra skórzana
        bawełna bawełniany jedwab wełna wełniany czapka szalik pończochy rajstopy buty półbuty kozaki
        sandały kąpielowy strój bielizna piżama długi długa długie krótki krótka rozmiar ciemny jasny
        złoty srebrny wąski szeroki mała duży świąteczny łańcuszek źrebię ćwiek jesień wiosną zimą na się
        jest są będzie cięcie dół góra odzież""",
    "Czech": """černý černá černé červený červená červené žlutý žlutá zelený modrý modrá bílý bílá růžový růžová
        hnědý hnědá šedý šedá fialový béžový tričko trička košile košili kalhoty sukně šaty mikina kabát
        bunda svetr čepice šála rukavice ponožky boty pánský pánské dámský dámské dětský dětské dívčí
        chlapecký bavlněný kožený vlněný krátký dlouhý rukáv velikost značka barva materiál zimní letní
        plavky spodní prádlo kabelka pásek tenisky polobotky kozačky sandály nový luxusní pohodlný příze
        střih světle tmavě zboží měkký průhledný ťuk ďábel loď vůně můj kůže ještě něco těžký mě pět děti""",
    "Slovak": """čierny čierna červený žltý žltá zelený modrý biely biela ružový hnedý sivý tričko košeľa nohavice
        sukňa šaty mikina kabát bunda sveter čiapka šál rukavice ponožky topánky pánske dámske detské
        dievčenské chlapčenské bavlnený kožený krátky dlhý rukáv veľkosť značka farba materiál ľahký mäkký
        päť svetlo tmavo tôňa kôň kabelka opasok tenisky vĺča ďalší ťažký žena ľan""",
    "Hungarian": """női férfi gyerek fehér fekete piros kék zöld sárga rózsaszín barna szürke lila póló ing nadrág
        szoknya ruha kabát dzseki pulóver sapka sál kesztyű zokni cipő csizma szandál táska öv fürdőruha
        pizsama fehérnemű rövid hosszú ujjú pamut bőr gyapjú selyem méret szín új kényelmes nagy kötött
        csíkos mintás virágos sötétkék világoskék őszi téli nyári tavaszi hűvös könnyű erős időtálló
        gyönyörű fűző tűsarkú tűzött kétrészes felső alsó melltartó lábbeli szűk bő""",
    "Croatian": """žuta žuti crvena crna bijela plava zelena ružičasta smeđa siva ljubičasta majica košulja hlače
        suknja haljina jakna kaput džemper kapa šal rukavice čarape cipele čizme sandale torba muška muške
        ženska ženske dječja dječje pamuk koža kožna vuna svila kratki dugi rukavi veličina boja materijal
        kupaći kostim donje rublje pidžama čipka uže šorts tajice žensko muško svečana obuća odjeća
        narančasta srebrna zlatna dođi među što već moški ženski otroški oblačila čevlji hlačke rdeča
        rumena črna škornji nogavičke ličen""",
    "Romanian": """cămașă bluză fustă pantaloni rochie roșie roşie albă neagră verde galbenă albastră maro gri geacă
        pălărie mănuşi şosete ciorapi pantofi ghete sandale geantă curea bărbaţi femei copii fată băieţi
        bumbac piele lână mătase mâneci scurtă lungă mărime culoare din în şi să îmbrăcăminte încălţăminte
        căciulă eşarfă fără până sânge confecţionată ţesătură bărbătească damă potrivită căptuşeală
        împletit""",
    "Turkish": """kırmızı sarı yeşil mavi siyah beyaz gri kahverengi lacivert turuncu pembe mor bordo gömlek tişört
        pantolon etek elbise ceket kaban kazak şapka atkı eldiven çorap ayakkabı bot çizme sandalet çanta
        kemer mayo pijama iç giyim kadın erkek çocuk kız bebek pamuklu deri yünlü ipek kısa uzun kollu
        beden renk ürün açık koyu düğmeli fermuarlı çizgili çiçekli baskılı dantelli şort eşofman takım
        örgü yağmurluk yazlık kışlık dar geniş ışıltılı altın gümüş rahat günlük sırt bağcıklı topuklu
        yüksek İstanbul ağaç değil için öğle büyük küçük""",
    "Lithuanian": """juoda balta žalia mėlyna geltona raudona rožinė ruda pilka marškiniai marškinėliai kelnės sijonas
        suknelė striukė paltas megztinis kepurė šalikas pirštinės kojinės batai aulinukai basutės rankinė
        diržas vyrams moterims vaikams mergaitėms berniukams medvilnė oda vilna šilkas trumpomis
        rankovėmis dydis spalva naujas žiemą vasarą švarkas šortai apatinis trikotažas pižama chalatas
        kostiumėlis tamsiai šviesiai su į iš už ąžuolas ęs čia džinsai vyriški vyriškas moteriški
        moteriška vaikiški vaikiška drabužiai aukštakulniai plačių ūkis lūpų""",
    "Latvian": """melns melna balts zaļa zaļš zils dzeltens sarkans rozā brūns brūna pelēks pelēka krekls krekliņš
        bikses svārki kleita jaka mētelis džemperis cepure šalle cimdi zeķes kurpes zābaki sandales soma
        josta vīriešu sieviešu bērnu meiteņu zēnu kokvilna āda ādas vilna zīds īsām garām piedurknēm
        izmērs krāsa jauns ziemas vasaras žakete šorti apakšveļa pidžama gaišs tumšs ķīlis ģērbs pērle
        četri čības ņem rūtains mīksts ērts""",
    "Estonian": """must valge roheline sinine kollane punane roosa pruun hall särk tsärk püksid seelik kleit jope
        mantel müts sall kindad sokid kingad saapad sandaalid kott vöö meeste naiste laste tüdrukute
        poiste puuvill nahk vill siid lühikeste pikkade varrukatega suurus värv uus šortsid õlg õhuke
        õmblus öö hõbedane džemper käekott lõng ülikond tööriided""",
    "Russian": """футболка красная красный синий синяя белый белая чёрный черный черная зеленый зеленая желтый
        розовый серый коричневый бежевый голубой рубашка брюки юбка платье куртка пальто свитер шапка шарф
        перчатки носки туфли ботинки сапоги сандалии сумка ремень купальник пижама белье мужской мужская
        мужские женский женская женские детский детская хлопок кожа шерсть шелк короткий длинный рукав
        размер цвет материал джинсы шорты кроссовки толстовка майка блузка костюм для с и в на из обувь
        одежда артикул название цена описание товар новинка летний зимний""",
    "Ukrainian": """футболка червона червоний синій синя білий біла чорний чорна зелений жовтий рожевий сірий сорочка
        штани спідниця сукня куртка пальто светр шапка шарф рукавички шкарпетки туфлі черевики чоботи
        сумка ремінь чоловічий чоловіча жіночий жіноча жіночі дитячий бавовна шкіра вовна довгий короткий
        розмір колір матеріал взуття одяг їжа ґудзик є її між літній кросівки""",
    "Bulgarian": """тениска червена червен синя бяла бял черна черен зелена жълта жълт розова сива кафява риза
        панталон пола рокля яке палто пуловер шапка шал ръкавици чорапи обувки ботуши чанта колан мъжки
        мъжка дамски дамска детски памук кожа вълна къс дълъг ръкав размер цвят бельо""",
    "Greek": """κόκκινο κόκκινη μαύρο μαύρη λευκό λευκή μπλε πράσινο κίτρινο ροζ γκρι καφέ μπλούζα μπλουζάκι
        πουκάμισο παντελόνι φούστα φόρεμα μπουφάν παλτό πουλόβερ καπέλο κασκόλ γάντια κάλτσες παπούτσια
        μπότες σανδάλια τσάντα ζώνη μαγιό πιτζάμα εσώρουχα ανδρικό ανδρικά γυναικείο γυναικεία παιδικό
        παιδικά βαμβάκι δέρμα δερμάτινο μαλλί μετάξι κοντό μακρύ μανίκι μέγεθος χρώμα υλικό και με σε για
        από της το τα ένα νέο""",
}
"""Language -> words. The alphabets of these have upper and lower case."""

ASIAN = {
    "Japanese": """のにはをがでとしたてれないるますりさらっんーアイウエオカキクケコサシスセソタチツテトナニ
        ヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプ
        ペポッャュョァィェォあいうえおかきくけこすせそちつぬねひふへほまみむめもやゆよろわぐげご
        ざじずぜぞだばびぶべぼ赤青白黒緑黄茶灰色紺紫桃金銀半袖長袖無地柄花水玉綿麻毛革製品番号名
        称価格男女子供用服靴帽鞄袋下着上衣大小中新春夏秋冬日本円税込送料無料在庫""",
    "Chinese": """的一是不了在有大人我中个上这国和地到说时要就出会可也你对生能而子那得于着下自之年过发后作
        里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开
        但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很
        最重并物手应战向头文体政美相见被利什二等产新己制身果加西斯月话合回特代内信表化老给世位次
        度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气红蓝绿黄黑白灰紫粉棕
        米橙金银色衫衬裤裙袜鞋帽装服衣男女童款式季夏冬春秋棉麻丝绒毛皮革牛仔短袖领裙恤包运套连编
        号价格商品尺码名称材质品牌类别颜专柜""",
    "Taiwanese": """的一是不了在有大人我中個上這國和地到說時要就出會可也你對生能而子那得於著下自之年過發後作
        裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開
        但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最
        重並物手紅藍綠黃黑白灰紫粉棕米橙金銀色衫襯褲裙襪鞋帽裝服衣男女童款式季夏冬春秋棉麻絲絨毛
        皮革牛仔短袖領恤包運套連編號價格商品尺碼名稱材質牌類別顏寬鬆""",
    "Korean": """이다는의에을를가은고하지로기사도리어한자시스인나아수그대여정해일들서부보전주원라상비장유
        과성마구소신제경무조안미트선만오러공위우게면세동있관요중적내치화연회드명아남산영계후용모
        생물거행단국현방개입업차김출점분식재체차빨강파란노초록검정흰색회갈분홍보라셔츠티바지치마
        원피스자켓코트니트양말구두운동화가방벨트모자장갑반팔긴팔면가죽울실크남성여성아동상품번호
        이름가격사이즈색상청진블랙화이트레드블루그린옐로우핑크베이지네이비""",
}
"""Language -> characters that are frequent in it."""

SYMBOLS = frozenset("€£©®™°×–—‘’‚“”„…«»·•№\xa0、。「」（）・，：；！？～【】％／＆＋－０１２３４５６７８９")
"""Signs that stand beside words."""
RARES = frozenset("§²³½¼¾±µ¿¡´ºª¹")
"""Those that seldom do, and in another encoding are letters."""
WITHIN = frozenset("’·")
"""Those that may stand in a word."""
