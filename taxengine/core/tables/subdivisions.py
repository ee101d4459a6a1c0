# Source: ISO 3166-2 (pycountry 26.2.16) and tests/tables/facts.py; read 2026-11-22.
# Written by tests/tables/generate.py. The formatter keeps off:
# fmt: off
# ruff: noqa: RUF001 - names are spelt as ISO spells them
"""Subdivisions: the states of each country, as `code/other code=name;other name|...`."""

SUBDIVISIONS: dict[str, str] = {
    "AD": (
        "02=Canillo|03=Encamp|04=La Massana|05=Ordino|06=Sant Julià de Lòria|07=Andorra la Vella|08=Escalde"
        "s-Engordany"
    ),
    "AE": (
        "AJ=‘Ajmān|AZ=Abu Dhabi;Abū Z̧aby|DU=Dubai;Dubayy|FU=Al Fujayrah;Fujairah|RK=Ras Al Khaimah;Ra’s al"
        " Khaymah|SH=Ash Shāriqah;Sharjah|UQ=Umm Al Quwain;Umm al Qaywayn"
    ),
    "AF": (
        "BAL=Balkh|BAM=Bāmyān|BDG=Bādghīs|BDS=Badakhshān|BGL=Baghlān|DAY=Dāykundī|FRA=Farāh|FYB=Fāryāb|GHA="
        "Ghaznī|GHO=Ghōr|HEL=Helmand|HER=Herāt|JOW=Jowzjān|KAB=Kābul|KAN=Kandahār|KAP=Kāpīsā|KDZ=Kunduz|KHO"
        "=Khōst|KNR=Kunaṟ|LAG=Laghmān|LOG=Lōgar|NAN=Nangarhār|NIM=Nīmrōz|NUR=Nūristān|PAN=Panjshayr|PAR=Par"
        "wān|PIA=Paktiyā|PKA=Paktīkā|SAM=Samangān|SAR=Sar-e Pul|TAK=Takhār|URU=Uruzgān|WAR=Wardak|ZAB=Zābul"
    ),
    "AG": (
        "03=Saint George|04=Saint John|05=Saint Mary|06=Saint Paul|07=Saint Peter|08=Saint Philip|10=Barbud"
        "a|11=Redonda"
    ),
    "AL": (
        "01=Berat|02=Durrës|03=Elbasan|04=Fier|05=Gjirokastër|06=Korçë|07=Kukës|08=Lezhë|09=Dibër|10=Shkodë"
        "r|11=Tiranë|12=Vlorë"
    ),
    "AM": (
        "AG=Aragac̣otn|AR=Ararat|AV=Armavir|ER=Erevan|GR=Geġark'unik'|KT=Kotayk'|LO=Loṙi|SH=Širak|SU=Syunik"
        "'|TV=Tavuš|VD=Vayoć Jor"
    ),
    "AO": (
        "BGO=Bengo|BGU=Benguela|BIE=Bié|CAB=Cabinda|CCU=Cuando Cubango|CNN=Cunene|CNO=Cuanza-Norte|CUS=Cuan"
        "za-Sul|HUA=Huambo|HUI=Huíla|LNO=Lunda-Norte|LSU=Lunda-Sul|LUA=Luanda|MAL=Malange|MOX=Moxico|NAM=Na"
        "mibe|UIG=Uíge|ZAI=Zaire"
    ),
    "AR": (
        "A=Salta|B=Buenos Aires|C=Ciudad Autónoma de Buenos Aires|D=San Luis|E=Entre Ríos|F=La Rioja|G=Sant"
        "iago del Estero|H=Chaco|J=San Juan|K=Catamarca|L=La Pampa|M=Mendoza|N=Misiones|P=Formosa|Q=Neuquén"
        "|R=Río Negro|S=Santa Fe|T=Tucumán|U=Chubut|V=Tierra del Fuego|W=Corrientes|X=Córdoba|Y=Jujuy|Z=San"
        "ta Cruz"
    ),
    "AT": (
        "1=Burgenland|2=Carinthia;Kärnten|3=Lower Austria;Niederösterreich|4=Oberösterreich;Upper Austria|5"
        "=Salzburg|6=Steiermark;Styria|7=Tirol;Tyrol|8=Vorarlberg|9=Vienna;Wien"
    ),
    "AU": (
        "ACT=Australian Capital Territory|NSW=New South Wales|NT=Northern Territory|QLD=Queensland|SA=South"
        " Australia|TAS=Tasmania|VIC=Victoria|WA=Western Australia"
    ),
    "AZ": (
        "ABS=Abşeron|AGA=Ağstafa|AGC=Ağcabədi|AGM=Ağdam|AGS=Ağdaş|AGU=Ağsu|AST=Astara|BA=Bakı|BAL=Balakən|B"
        "AR=Bərdə|BEY=Beyləqan|BIL=Biləsuvar|CAB=Cəbrayıl|CAL=Cəlilabad|DAS=Daşkəsən|FUZ=Füzuli|GA=Gəncə|GA"
        "D=Gədəbəy|GOR=Goranboy|GOY=Göyçay|GYG=Göygöl|HAC=Hacıqabul|IMI=İmişli|ISM=İsmayıllı|KAL=Kəlbəcər|K"
        "UR=Kürdəmir|LA=|LAC=Laçın|LAN=|LER=Lerik|MAS=Masallı|MI=Mingəçevir|NA=Naftalan|NEF=Neftçala|NX=Nax"
        "çıvan|OGU=Oğuz|QAB=Qəbələ|QAX=Qax|QAZ=Qazax|QBA=Quba|QBI=Qubadlı|QOB=Qobustan|QUS=Qusar|SA=|SAB=Sa"
        "birabad|SAK=|SAL=Salyan|SAT=Saatlı|SBN=Şabran|SIY=Siyəzən|SKR=Şəmkir|SM=Sumqayıt|SMI=Şamaxı|SMX=Sa"
        "mux|SR=Şirvan|SUS=Şuşa|TAR=Tərtər|TOV=Tovuz|UCA=Ucar|XA=Xankəndi|XAC=Xaçmaz|XCI=Xocalı|XIZ=Xızı|XV"
        "D=Xocavənd|YAR=Yardımlı|YE=|YEV=|ZAN=Zəngilan|ZAQ=Zaqatala|ZAR=Zərdab"
    ),
    "BA": (
        "BIH=Federacija Bosne i Hercegovine|BRC=Brčko distrikt|SRP=Republika Srpska"
    ),
    "BB": (
        "01=Christ Church|02=Saint Andrew|03=Saint George|04=Saint James|05=Saint John|06=Saint Joseph|07=S"
        "aint Lucy|08=Saint Michael|09=Saint Peter|10=Saint Philip|11=Saint Thomas"
    ),
    "BD": (
        "A=Barishal|B=Chattogram|C=Dhaka|D=Khulna|E=Rajshahi|F=Rangpur|G=Sylhet|H=Mymensingh"
    ),
    "BE": (
        "BRU=Brussel;Brussels;Brussels-Capital Region;Bruxelles;Bruxelles-Capitale, Région de;Bruxelles-Cap"
        "itale;Région de Bruxelles-Capitale|VLG=Flanders;Vlaams Gewest;Vlaanderen|WAL=Wallonia;Wallonie;wal"
        "lonne, Région;Région wallonne;wallonne|VAN=Antwerpen|VBR=Vlaams-Brabant|VLI=Limburg|VOV=Oost-Vlaan"
        "deren|VWV=West-Vlaanderen|WBR=Brabant wallon|WHT=Hainaut|WLG=Liège|WLX=Luxembourg|WNA=Namur"
    ),
    "BF": (
        "01=Boucle du Mouhoun|02=Cascades|03=Centre|04=Centre-Est|05=Centre-Nord|06=Centre-Ouest|07=Centre-"
        "Sud|08=Est|09=Hauts-Bassins|10=Nord|11=Plateau-Central|12=Sahel|13=Sud-Ouest"
    ),
    "BG": (
        "01=Blagoevgrad|02=Burgas|03=Varna|04=Veliko Tarnovo|05=Vidin|06=Vratsa|07=Gabrovo|08=Dobrich|09=Ka"
        "rdzhali|10=Kyustendil|11=Lovech|12=Montana|13=Pazardzhik|14=Pernik|15=Pleven|16=Plovdiv|17=Razgrad"
        "|18=Ruse|19=Silistra|20=Sliven|21=Smolyan|22=Sofia (stolitsa)|23=Sofia|24=Stara Zagora|25=Targovis"
        "hte|26=Haskovo|27=Shumen|28=Yambol"
    ),
    "BH": (
        "13=Al ‘Āşimah|14=Al Janūbīyah|15=Al Muḩarraq|17=Ash Shamālīyah"
    ),
    "BI": (
        "BB=Bubanza|BL=Bujumbura Rural|BM=Bujumbura Mairie|BR=Bururi|CA=Cankuzo|CI=Cibitoke|GI=Gitega|KI=Ki"
        "rundo|KR=Karuzi|KY=Kayanza|MA=Makamba|MU=Muramvya|MW=Mwaro|MY=Muyinga|NG=Ngozi|RM=Rumonge|RT=Rutan"
        "a|RY=Ruyigi"
    ),
    "BJ": (
        "AK=Atacora|AL=Alibori|AQ=Atlantique|BO=Borgou|CO=Collines|DO=Donga|KO=Couffo|LI=Littoral|MO=Mono|O"
        "U=Ouémé|PL=Plateau|ZO=Zou"
    ),
    "BN": (
        "BE=Belait|BM=Brunei-Muara|TE=Temburong|TU=Tutong"
    ),
    "BO": (
        "B=El Beni|C=Cochabamba|H=Chuquisaca|L=La Paz|N=Pando|O=Oruro|P=Potosí|S=Santa Cruz|T=Tarija"
    ),
    "BQ": (
        "BO=Bonaire|SA=Saba|SE=Sint Eustatius"
    ),
    "BR": (
        "AC=Acre|AL=Alagoas|AM=Amazonas|AP=Amapá|BA=Bahia|CE=Ceará|DF=Distrito Federal|ES=Espírito Santo|GO"
        "=Goiás|MA=Maranhão|MG=Minas Gerais|MS=Mato Grosso do Sul|MT=Mato Grosso|PA=Pará|PB=Paraíba|PE=Pern"
        "ambuco|PI=Piauí|PR=Paraná|RJ=Rio de Janeiro|RN=Rio Grande do Norte|RO=Rondônia|RR=Roraima|RS=Rio G"
        "rande do Sul|SC=Santa Catarina|SE=Sergipe|SP=São Paulo|TO=Tocantins"
    ),
    "BS": (
        "AK=Acklins|BI=Bimini|BP=Black Point|BY=Berry Islands|CE=Central Eleuthera|CI=Cat Island|CK=Crooked"
        " Island and Long Cay|CO=Central Abaco|CS=Central Andros|EG=East Grand Bahama|EX=Exuma|FP=City of F"
        "reeport|GC=Grand Cay|HI=Harbour Island|HT=Hope Town|IN=Inagua|LI=Long Island|MC=Mangrove Cay|MG=Ma"
        "yaguana|MI=Moore's Island|NE=North Eleuthera|NO=North Abaco|NP=New Providence|NS=North Andros|RC=R"
        "um Cay|RI=Ragged Island|SA=South Andros|SE=South Eleuthera|SO=South Abaco|SS=San Salvador|SW=Spani"
        "sh Wells|WG=West Grand Bahama"
    ),
    "BT": (
        "11=Paro|12=Chhukha|13=Haa|14=Samtse|15=Thimphu|21=Tsirang|22=Dagana|23=Punakha|24=Wangdue Phodrang"
        "|31=Sarpang|32=Trongsa|33=Bumthang|34=Zhemgang|41=Trashigang|42=Monggar|43=Pema Gatshel|44=Lhuents"
        "e|45=Samdrup Jongkhar|GA=Gasa|TY=Trashi Yangtse"
    ),
    "BW": (
        "CE=Central|CH=Chobe|FR=Francistown|GA=Gaborone|GH=Ghanzi|JW=Jwaneng|KG=Kgalagadi|KL=Kgatleng|KW=Kw"
        "eneng|LO=Lobatse|NE=North East|NW=North West|SE=South East|SO=Southern|SP=Selibe Phikwe|ST=Sowa To"
        "wn"
    ),
    "BY": (
        "BR=Bresckaja voblasć|HM=Horad Minsk|HO=Homieĺskaja voblasć|HR=Hrodzienskaja voblasć|MA=Mahilioŭska"
        "ja voblasć|MI=Minskaja voblasć|VI=Viciebskaja voblasć"
    ),
    "BZ": (
        "BZ=Belize|CY=Cayo|CZL=Corozal|OW=Orange Walk|SC=Stann Creek|TOL=Toledo"
    ),
    "CA": (
        "AB=Alberta|BC=British Columbia|MB=Manitoba|NB=New Brunswick|NL/NF=Newfoundland;Newfoundland and La"
        "brador|NS=Nova Scotia|NT=Northwest Territories|NU=Nunavut|ON=Ontario|PE=P.E.I.;PEI;Prince Edward I"
        "sland|QC/PQ=Quebec|SK=Saskatchewan|YT=Yukon"
    ),
    "CD": (
        "BC=Kongo Central|BU=Bas-Uélé|EQ=Équateur|HK=Haut-Katanga|HL=Haut-Lomami|HU=Haut-Uélé|IT=Ituri|KC=K"
        "asaï Central|KE=Kasaï Oriental|KG=Kwango|KL=Kwilu|KN=Kinshasa|KS=Kasaï|LO=Lomami|LU=Lualaba|MA=Man"
        "iema|MN=Mai-Ndombe|MO=Mongala|NK=Nord-Kivu|NU=Nord-Ubangi|SA=Sankuru|SK=Sud-Kivu|SU=Sud-Ubangi|TA="
        "Tanganyika|TO=Tshopo|TU=Tshuapa"
    ),
    "CF": (
        "AC=Ouham|BB=Bamingui-Bangoran|BGF=Bangui|BK=Basse-Kotto|HK=Haute-Kotto|HM=Haut-Mbomou|HS=Haute-San"
        "gha;Mambéré-Kadéï|KB=Gribingui|KG=Kémo-Gribingui|LB=Lobaye|MB=Mbomou|MP=Ombella-Mpoko|NM=Nana-Mamb"
        "éré|OP=Ouham-Pendé|SE=Sangha|UK=Ouaka|VK=Vakaga"
    ),
    "CG": (
        "11=Bouenza|12=Pool|13=Sangha|14=Plateaux|15=Cuvette-Ouest|16=Pointe-Noire|2=Lékoumou|5=Kouilou|7=L"
        "ikouala|8=Cuvette|9=Niari|BZV=Brazzaville"
    ),
    "CH": (
        "AG=Aargau|AI=Appenzell Innerrhoden|AR=Appenzell Ausserrhoden|BE=Berne|BL=Basel-Landschaft|BS=Basel"
        "-Stadt|FR=Fribourg|GE=Geneva;Genève|GL=Glarus|GR=Graubünden|JU=Jura|LU=Lucerne;Luzern|NE=Neuchâtel"
        "|NW=Nidwalden|OW=Obwalden|SG=Sankt Gallen|SH=Schaffhausen|SO=Solothurn|SZ=Schwyz|TG=Thurgau|TI=Tic"
        "ino|UR=Uri|VD=Vaud|VS=Valais|ZG=Zug|ZH=Zürich"
    ),
    "CI": (
        "AB=Abidjan|BS=Bas-Sassandra|CM=Comoé|DN=Denguélé|GD=Gôh-Djiboua|LC=Lacs|LG=Lagunes|MG=Montagnes|SM"
        "=Sassandra-Marahoué|SV=Savanes|VB=Vallée du Bandama|WR=Woroba|YM=Yamoussoukro|ZZ=Zanzan"
    ),
    "CL": (
        "AI=Aisén del General Carlos Ibañez del Campo|AN=Antofagasta|AP=Arica y Parinacota|AR=La Araucanía|"
        "AT=Atacama|BI=Biobío|CO=Coquimbo|LI=Libertador General Bernardo O'Higgins|LL=Los Lagos|LR=Los Ríos"
        "|MA=Magallanes|ML=Maule|NB=Ñuble|RM=Región Metropolitana de Santiago|TA=Tarapacá|VS=Valparaíso"
    ),
    "CM": (
        "AD=Adamaoua|CE=Centre|EN=Far North|ES=East|LT=Littoral|NO=North|NW=North-West|OU=West|SU=South|SW="
        "South-West"
    ),
    "CN": (
        "AH=Anhui Sheng|BJ=Beijing Shi|CQ=Chongqing Shi|FJ=Fujian Sheng|GD=Guangdong Sheng|GS=Gansu Sheng|G"
        "X=Guangxi Zhuangzu Zizhiqu|GZ=Guizhou Sheng|HA=Henan Sheng|HB=Hubei Sheng|HE=Hebei Sheng|HI=Hainan"
        " Sheng|HK=Hong Kong SAR|HL=Heilongjiang Sheng|HN=Hunan Sheng|JL=Jilin Sheng|JS=Jiangsu Sheng|JX=Ji"
        "angxi Sheng|LN=Liaoning Sheng|MO=Macao SAR|NM=Nei Mongol Zizhiqu|NX=Ningxia Huizu Zizhiqu|QH=Qingh"
        "ai Sheng|SC=Sichuan Sheng|SD=Shandong Sheng|SH=Shanghai Shi|SN=Shaanxi Sheng|SX=Shanxi Sheng|TJ=Ti"
        "anjin Shi|TW=Taiwan Sheng|XJ=Xinjiang Uygur Zizhiqu|XZ=Xizang Zizhiqu|YN=Yunnan Sheng|ZJ=Zhejiang "
        "Sheng"
    ),
    "CO": (
        "AMA=Amazonas|ANT=Antioquia|ARA=Arauca|ATL=Atlántico|BOL=Bolívar|BOY=Boyacá|CAL=Caldas|CAQ=Caquetá|"
        "CAS=Casanare|CAU=Cauca|CES=Cesar|CHO=Chocó|COR=Córdoba|CUN=Cundinamarca|DC=Bogotá;Distrito Capital"
        " de Bogotá|GUA=Guainía|GUV=Guaviare|HUI=Huila|LAG=La Guajira|MAG=Magdalena|MET=Meta|NAR=Nariño|NSA"
        "=Norte de Santander|PUT=Putumayo|QUI=Quindío|RIS=Risaralda|SAN=Santander|SAP=San Andrés, Providenc"
        "ia y Santa Catalina|SUC=Sucre|TOL=Tolima|VAC=Valle del Cauca|VAU=Vaupés|VID=Vichada"
    ),
    "CR": (
        "A=Alajuela|C=Cartago|G=Guanacaste|H=Heredia|L=Limón|P=Puntarenas|SJ=San José"
    ),
    "CU": (
        "01=Pinar del Río|03=La Habana|04=Matanzas|05=Villa Clara|06=Cienfuegos|07=Sancti Spíritus|08=Ciego"
        " de Ávila|09=Camagüey|10=Las Tunas|11=Holguín|12=Granma|13=Santiago de Cuba|14=Guantánamo|15=Artem"
        "isa|16=Mayabeque|99=Isla de la Juventud"
    ),
    "CV": (
        "B=Ilhas de Barlavento|S=Ilhas de Sotavento"
    ),
    "CY": (
        "01=Lefkosia|02=Lemesos|03=Larnaka|04=Ammochostos|05=Pafos|06=Keryneia"
    ),
    "CZ": (
        "10=Praha, Hlavní město;Hlavní město Praha;Praha|20=Středočeský kraj|31=Jihočeský kraj|32=Plzeňský "
        "kraj|41=Karlovarský kraj|42=Ústecký kraj|51=Liberecký kraj|52=Královéhradecký kraj|53=Pardubický k"
        "raj|63=Kraj Vysočina|64=Jihomoravský kraj|71=Olomoucký kraj|72=Zlínský kraj|80=Moravskoslezský kra"
        "j"
    ),
    "DE": (
        "BB=Brandenburg|BE=Berlin|BW=Baden-Wuerttemberg;Baden-Württemberg|BY=Bavaria;Bayern|HB=Bremen|HE=He"
        "sse;Hessen|HH=Hamburg|MV=Mecklenburg-Vorpommern;Mecklenburg-Western Pomerania|NI=Lower Saxony;Nied"
        "ersachsen|NW=Nordrhein-Westfalen;North Rhine-Westphalia|RP=Rheinland-Pfalz;Rhineland-Palatinate|SH"
        "=Schleswig-Holstein|SL=Saarland|SN=Sachsen;Saxony|ST=Sachsen-Anhalt;Saxony-Anhalt|TH=Thueringen;Th"
        "uringia;Thüringen"
    ),
    "DJ": (
        "AR=Arta|AS=Ali Sabieh|DI=Dikhil|DJ=Djibouti|OB=Obock|TA=Tadjourah"
    ),
    "DK": (
        "81=Nordjylland|82=Midtjylland|83=Syddanmark|84=Hovedstaden|85=Sjælland"
    ),
    "DM": (
        "02=Saint Andrew|03=Saint David|04=Saint George|05=Saint John|06=Saint Joseph|07=Saint Luke|08=Sain"
        "t Mark|09=Saint Patrick|10=Saint Paul|11=Saint Peter"
    ),
    "DO": (
        "33=Cibao Nordeste|34=Cibao Noroeste|35=Cibao Norte|36=Cibao Sur|37=El Valle|38=Enriquillo|39=Higua"
        "mo|40=Ozama|41=Valdesia|42=Yuma"
    ),
    "DZ": (
        "01=Adrar|02=Chlef|03=Laghouat|04=Oum el Bouaghi|05=Batna|06=Béjaïa|07=Biskra|08=Béchar|09=Blida|10"
        "=Bouira|11=Tamanrasset|12=Tébessa|13=Tlemcen|14=Tiaret|15=Tizi Ouzou|16=Alger|17=Djelfa|18=Jijel|1"
        "9=Sétif|20=Saïda|21=Skikda|22=Sidi Bel Abbès|23=Annaba|24=Guelma|25=Constantine|26=Médéa|27=Mostag"
        "anem|28=M'sila|29=Mascara|30=Ouargla|31=Oran|32=El Bayadh|33=Illizi|34=Bordj Bou Arréridj|35=Boume"
        "rdès|36=El Tarf|37=Tindouf|38=Tissemsilt|39=El Oued|40=Khenchela|41=Souk Ahras|42=Tipaza|43=Mila|4"
        "4=Aïn Defla|45=Naama|46=Aïn Témouchent|47=Ghardaïa|48=Relizane|49=Timimoun|50=Bordj Badji Mokhtar|"
        "51=Ouled Djellal|52=Béni Abbès|53=In Salah|54=In Guezzam|55=Touggourt|56=Djanet|57=El Meghaier|58="
        "El Meniaa"
    ),
    "EC": (
        "A=Azuay|B=Bolívar|C=Carchi|D=Orellana|E=Esmeraldas|F=Cañar|G=Guayas|H=Chimborazo|I=Imbabura|L=Loja"
        "|M=Manabí|N=Napo|O=El Oro|P=Pichincha|R=Los Ríos|S=Morona Santiago|SD=Santo Domingo de los Tsáchil"
        "as|SE=Santa Elena|T=Tungurahua|U=Sucumbíos|W=Galápagos|X=Cotopaxi|Y=Pastaza|Z=Zamora Chinchipe"
    ),
    "EE": (
        "37=Harjumaa|39=Hiiumaa|45=Ida-Virumaa|50=Jõgevamaa|52=Järvamaa|56=Läänemaa|60=Lääne-Virumaa|64=Põl"
        "vamaa|68=Pärnumaa|71=Raplamaa|74=Saaremaa|79=Tartumaa|81=Valgamaa|84=Viljandimaa|87=Võrumaa"
    ),
    "EG": (
        "ALX=Al Iskandarīyah|ASN=Aswān|AST=Asyūţ|BA=Al Baḩr al Aḩmar|BH=Al Buḩayrah|BNS=Banī Suwayf|C=Al Qā"
        "hirah|DK=Ad Daqahlīyah|DT=Dumyāţ|FYM=Al Fayyūm|GH=Al Gharbīyah|GZ=Al Jīzah|IS=Al Ismā'īlīyah|JS=Ja"
        "nūb Sīnā'|KB=Al Qalyūbīyah|KFS=Kafr ash Shaykh|KN=Qinā|LX=Al Uqşur|MN=Al Minyā|MNF=Al Minūfīyah|MT"
        "=Maţrūḩ|PTS=Būr Sa‘īd|SHG=Sūhāj|SHR=Ash Sharqīyah|SIN=Shamāl Sīnā'|SUZ=As Suways|WAD=Al Wādī al Ja"
        "dīd"
    ),
    "ER": (
        "AN=Ansabā|DK=Janūbī al Baḩrī al Aḩmar|DU=Al Janūbī|GB=Qāsh-Barkah|MA=Al Awsaţ|SK=Shimālī al Baḩrī "
        "al Aḩmar"
    ),
    "ES": (
        "AN=Andalucía;Andalusia|AR=Aragón|AS/O=Asturias;Asturias, Principado de;Principado de Asturias|CB/S"
        "=Cantabria|CE=Ceuta|CL=Castile and León;Castilla y León|CM=Castile-La Mancha;Castilla-La Mancha|CN"
        "=Canarias;Canary Islands;Islas Canarias|CT=Catalonia;Catalunya;Cataluña|EX=Extremadura|GA=Galicia|"
        "IB/PM=Baleares;Balearic Islands;Illes Balears;Islas Baleares|MC/MU=Murcia;Murcia, Región de;Región"
        " de Murcia|MD/M=Madrid;Madrid, Comunidad de;Comunidad de Madrid|ML=Melilla|NC/NA=Navarra;Navarra, "
        "Comunidad Foral de;Navarre;Comunidad Foral de Navarra|PV=Basque Country;Euskadi;País Vasco|RI/LO=L"
        "a Rioja|VC=Comunitat Valenciana;Valencian Community;Valenciana, Comunidad;Comunidad Valenciana;Val"
        "enciana|A=Alicante|AB=Albacete|AL=Almería|AV=Ávila|B=Barcelona|BA=Badajoz|BI=Bizkaia|BU=Burgos|C=A"
        " Coruña;La Coruña|CA=Cádiz|CC=Cáceres|CO=Córdoba|CR=Ciudad Real|CS=Castellón|CU=Cuenca|GC=Las Palm"
        "as|GI=Gerona;Girona|GR=Granada|GU=Guadalajara|H=Huelva|HU=Huesca|J=Jaén|L=Lleida;Lérida|LE=León|LU"
        "=Lugo|MA=Málaga|OR=Orense;Ourense|P=Palencia|PO=Pontevedra|SA=Salamanca|SE=Sevilla|SG=Segovia|SO=S"
        "oria|SS=Gipuzkoa|T=Tarragona|TE=Teruel|TF=Santa Cruz de Tenerife|TO=Toledo|V=Valencia|VA=Valladoli"
        "d|VI=Álava|Z=Zaragoza|ZA=Zamora"
    ),
    "ET": (
        "AA=Addis Ababa|AF=Afar|AM=Amara|BE=Benshangul-Gumaz|DD=Dire Dawa|GA=Gambela Peoples|HA=Harari Peop"
        "le|OR=Oromia|SI=Sidama|SN=Southern Nations, Nationalities and Peoples|SO=Somali|SW=Southwest Ethio"
        "pia Peoples|TI=Tigrai"
    ),
    "FI": (
        "01=Ahvenanmaa;Landskapet Åland;Åland|02=Etelä-Karjala|03=Etelä-Pohjanmaa|04=Etelä-Savo|05=Kainuu|0"
        "6=Kanta-Häme|07=Keski-Pohjanmaa|08=Keski-Suomi|09=Kymenlaakso|10=Lappi|11=Pirkanmaa|12=Pohjanmaa|1"
        "3=Pohjois-Karjala|14=Pohjois-Pohjanmaa|15=Pohjois-Savo|16=Päijät-Häme|17=Satakunta|18=Uusimaa|19=V"
        "arsinais-Suomi"
    ),
    "FJ": (
        "C=Central|E=Eastern|N=Northern|R=Rotuma|W=Western"
    ),
    "FM": (
        "KSA=Kosrae|PNI=Pohnpei|TRK=Chuuk|YAP=Yap"
    ),
    "FR": (
        "20R=Corse|971/GP=Guadeloupe|972/MQ=Martinique|973/GF=Guyane (française);Guyane|974/RE=La Réunion|9"
        "76/YT=Mayotte|ARA=Auvergne-Rhône-Alpes|BFC=Bourgogne-Franche-Comté|BL=Saint-Barthélemy|BRE=Bretagn"
        "e|CP=Clipperton|CVL=Centre-Val de Loire|GES=Grand-Est|HDF=Hauts-de-France|IDF=Île-de-France|MF=Sai"
        "nt-Martin|NAQ=Nouvelle-Aquitaine|NC=Nouvelle-Calédonie|NOR=Normandie|OCC=Occitanie|PAC=Provence-Al"
        "pes-Côte-d’Azur|PDL=Pays-de-la-Loire|PF=Polynésie française|PM=Saint-Pierre-et-Miquelon|TF=Terres "
        "australes françaises|WF=Wallis-et-Futuna|01=Ain|02=Aisne|03=Allier|04=Alpes-de-Haute-Provence|05=H"
        "autes-Alpes|06=Alpes-Maritimes|07=Ardèche|08=Ardennes|09=Ariège|10=Aube|11=Aude|12=Aveyron|13=Bouc"
        "hes-du-Rhône|14=Calvados|15=Cantal|16=Charente|17=Charente-Maritime|18=Cher|19=Corrèze|21=Côte-d'O"
        "r|22=Côtes-d'Armor|23=Creuse|24=Dordogne|25=Doubs|26=Drôme|27=Eure|28=Eure-et-Loir|29=Finistère|2A"
        "=Corse-du-Sud|2B=Haute-Corse|30=Gard|31=Haute-Garonne|32=Gers|33=Gironde|34=Hérault|35=Ille-et-Vil"
        "aine|36=Indre|37=Indre-et-Loire|38=Isère|39=Jura|40=Landes|41=Loir-et-Cher|42=Loire|43=Haute-Loire"
        "|44=Loire-Atlantique|45=Loiret|46=Lot|47=Lot-et-Garonne|48=Lozère|49=Maine-et-Loire|50=Manche|51=M"
        "arne|52=Haute-Marne|53=Mayenne|54=Meurthe-et-Moselle|55=Meuse|56=Morbihan|57=Moselle|58=Nièvre|59="
        "Nord|60=Oise|61=Orne|62=Pas-de-Calais|63=Puy-de-Dôme|64=Pyrénées-Atlantiques|65=Hautes-Pyrénées|66"
        "=Pyrénées-Orientales|67=Bas-Rhin|68=Haut-Rhin|69=Rhône|69M=Métropole de Lyon|6AE=Alsace|70=Haute-S"
        "aône|71=Saône-et-Loire|72=Sarthe|73=Savoie|74=Haute-Savoie|75C/75=Paris|76=Seine-Maritime|77=Seine"
        "-et-Marne|78=Yvelines|79=Deux-Sèvres|80=Somme|81=Tarn|82=Tarn-et-Garonne|83=Var|84=Vaucluse|85=Ven"
        "dée|86=Vienne|87=Haute-Vienne|88=Vosges|89=Yonne|90=Territoire de Belfort|91=Essonne|92=Hauts-de-S"
        "eine|93=Seine-Saint-Denis|94=Val-de-Marne|95=Val-d'Oise"
    ),
    "GA": (
        "1=Estuaire|2=Haut-Ogooué|3=Moyen-Ogooué|4=Ngounié|5=Nyanga|6=Ogooué-Ivindo|7=Ogooué-Lolo|8=Ogooué-"
        "Maritime|9=Woleu-Ntem"
    ),
    "GB": (
        "ENG=England|NIR/ABC/AND/ANN/BFS/CCG/DRS/FMO/LBC/MEA/MUL/NMD=Northern Ireland|SCT=Scotland|WLS=Cymr"
        "u;Wales"
    ),
    "GD": (
        "01=Saint Andrew|02=Saint David|03=Saint George|04=Saint John|05=Saint Mark|06=Saint Patrick|10=Sou"
        "thern Grenadine Islands"
    ),
    "GE": (
        "AB=Abkhazia|AJ=Ajaria|GU=Guria|IM=Imereti|KA=K'akheti|KK=Kvemo Kartli|MM=Mtskheta-Mtianeti|RL=Rach"
        "'a-Lechkhumi-Kvemo Svaneti|SJ=Samtskhe-Javakheti|SK=Shida Kartli|SZ=Samegrelo-Zemo Svaneti|TB=Tbil"
        "isi"
    ),
    "GH": (
        "AA=Greater Accra|AF=Ahafo|AH=Ashanti|BE=Bono East|BO=Bono|CP=Central|EP=Eastern|NE=North East|NP=N"
        "orthern|OT=Oti|SV=Savannah|TV=Volta|UE=Upper East|UW=Upper West|WN=Western North|WP=Western"
    ),
    "GL": (
        "AV=Avannaata Kommunia|KU=Kommune Kujalleq|QE=Qeqqata Kommunia|QT=Kommune Qeqertalik|SM=Kommuneqarf"
        "ik Sermersooq"
    ),
    "GM": (
        "B=Banjul|L=Lower River|M=Central River|N=North Bank|U=Upper River|W=Western"
    ),
    "GN": (
        "B=Boké|C=Conakry|D=Kindia|F=Faranah|K=Kankan|L=Labé|M=Mamou|N=Nzérékoré"
    ),
    "GQ": (
        "C=Région Continentale|I=Région Insulaire"
    ),
    "GR": (
        "69=Mount Athos;Ágion Óros|A=Anatolikí Makedonía kai Thráki|B=Kentrikí Makedonía|C=Dytikí Makedonía"
        "|D=Ípeiros|E=Thessalía|F=Ionía Nísia|G=Dytikí Elláda|H=Stereá Elláda|I=Attikí|J=Pelopónnisos|K=Vór"
        "eio Aigaío|L=Nótio Aigaío|M=Kríti"
    ),
    "GT": (
        "01=Guatemala|02=El Progreso|03=Sacatepéquez|04=Chimaltenango|05=Escuintla|06=Santa Rosa|07=Sololá|"
        "08=Totonicapán|09=Quetzaltenango|10=Suchitepéquez|11=Retalhuleu|12=San Marcos|13=Huehuetenango|14="
        "Quiché|15=Baja Verapaz|16=Alta Verapaz|17=Petén|18=Izabal|19=Zacapa|20=Chiquimula|21=Jalapa|22=Jut"
        "iapa"
    ),
    "GW": (
        "BS=Bissau|L=Leste|N=Norte|S=Sul"
    ),
    "GY": (
        "BA=Barima-Waini|CU=Cuyuni-Mazaruni|DE=Demerara-Mahaica|EB=East Berbice-Corentyne|ES=Essequibo Isla"
        "nds-West Demerara|MA=Mahaica-Berbice|PM=Pomeroon-Supenaam|PT=Potaro-Siparuni|UD=Upper Demerara-Ber"
        "bice|UT=Upper Takutu-Upper Essequibo"
    ),
    "HN": (
        "AT=Atlántida|CH=Choluteca|CL=Colón|CM=Comayagua|CP=Copán|CR=Cortés|EP=El Paraíso|FM=Francisco Mora"
        "zán|GD=Gracias a Dios|IB=Islas de la Bahía|IN=Intibucá|LE=Lempira|LP=La Paz|OC=Ocotepeque|OL=Olanc"
        "ho|SB=Santa Bárbara|VA=Valle|YO=Yoro"
    ),
    "HR": (
        "01=Zagrebačka županija|02=Krapinsko-zagorska županija|03=Sisačko-moslavačka županija|04=Karlovačka"
        " županija|05=Varaždinska županija|06=Koprivničko-križevačka županija|07=Bjelovarsko-bilogorska žup"
        "anija|08=Primorsko-goranska županija|09=Ličko-senjska županija|10=Virovitičko-podravska županija|1"
        "1=Požeško-slavonska županija|12=Brodsko-posavska županija|13=Zadarska županija|14=Osječko-baranjsk"
        "a županija|15=Šibensko-kninska županija|16=Vukovarsko-srijemska županija|17=Splitsko-dalmatinska ž"
        "upanija|18=Istarska županija|19=Dubrovačko-neretvanska županija|20=Međimurska županija|21=Grad Zag"
        "reb"
    ),
    "HT": (
        "AR=Artibonite|CE=Centre|GA=Grande’Anse|ND=Nord|NE=Nord-Est|NI=Nippes|NO=Nord-Ouest|OU=Ouest|SD=Sud"
        "|SE=Sud-Est"
    ),
    "HU": (
        "BA=Baranya|BC=Békéscsaba|BE=Békés|BK=Bács-Kiskun|BU=Budapest|BZ=Borsod-Abaúj-Zemplén|CS=Csongrád-C"
        "sanád|DE=Debrecen|DU=Dunaújváros|EG=Eger|ER=Érd|FE=Fejér|GS=Győr-Moson-Sopron|GY=Győr|HB=Hajdú-Bih"
        "ar|HE=Heves|HV=Hódmezővásárhely|JN=Jász-Nagykun-Szolnok|KE=Komárom-Esztergom|KM=Kecskemét|KV=Kapos"
        "vár|MI=Miskolc|NK=Nagykanizsa|NO=Nógrád|NY=Nyíregyháza|PE=Pest|PS=Pécs|SD=Szeged|SF=Székesfehérvár"
        "|SH=Szombathely|SK=Szolnok|SN=Sopron|SO=Somogy|SS=Szekszárd|ST=Salgótarján|SZ=Szabolcs-Szatmár-Ber"
        "eg|TB=Tatabánya|TO=Tolna|VA=Vas|VE=|VM=|ZA=Zala|ZE=Zalaegerszeg"
    ),
    "ID": (
        "AC=Aceh|BA=Bali|BB=Kepulauan Bangka Belitung|BE=Bengkulu|BT=Banten|GO=Gorontalo|JA=Jambi|JB=Jawa B"
        "arat|JI=Jawa Timur|JK=Jakarta Raya|JT=Jawa Tengah|KB=Kalimantan Barat|KI=Kalimantan Timur|KR=Kepul"
        "auan Riau|KS=Kalimantan Selatan|KT=Kalimantan Tengah|KU=Kalimantan Utara|LA=Lampung|MA=Maluku|MU=M"
        "aluku Utara|NB=Nusa Tenggara Barat|NT=Nusa Tenggara Timur|PA=Papua|PB=Papua Barat|PD=Papua Barat D"
        "aya|PE=Papua Pengunungan|PS=Papua Selatan|PT=Papua Tengah|RI=Riau|SA=Sulawesi Utara|SB=Sumatera Ba"
        "rat|SG=Sulawesi Tenggara|SN=Sulawesi Selatan|SR=Sulawesi Barat|SS=Sumatera Selatan|ST=Sulawesi Ten"
        "gah|SU=Sumatera Utara|YO=Yogyakarta"
    ),
    "IE": (
        "C=Connaught|L=Leinster|M=Munster|U=Ulster|CE=Clare|CN=Cavan|CO=Cork|CW=Carlow|D=Dublin|DL=Donegal|"
        "G=Galway|KE=Kildare|KK=Kilkenny|KY=Kerry|LD=Longford|LH=Louth|LK=Limerick|LM=Leitrim|LS=Laois|MH=M"
        "eath|MN=Monaghan|MO=Mayo|OY=Offaly|RN=Roscommon|SO=Sligo|TA=Tipperary|WD=Waterford|WH=Westmeath|WW"
        "=Wicklow|WX=Wexford"
    ),
    "IL": (
        "D=Al Janūbī|HA=Ḩayfā|JM=Al Quds|M=Al Awsaţ|TA=Tall Abīb|Z=Ash Shamālī"
    ),
    "IN": (
        "AN=Andaman and Nicobar Islands|AP=Andhra Pradesh|AR=Arunāchal Pradesh|AS=Assam|BR=Bihār|CG/CT=Chha"
        "ttīsgarh|CH=Chandīgarh|DH/DD/DN=Dādra and Nagar Haveli and Damān and Diu|DL=Delhi;NCT of Delhi;Nat"
        "ional Capital Territory of Delhi;New Delhi|GA=Goa|GJ=Gujarāt|HP=Himāchal Pradesh|HR=Haryāna|JH=Jhā"
        "rkhand|JK=Jammu and Kashmīr|KA=Karnātaka|KL=Kerala|LA=Ladākh|LD=Lakshadweep|MH=Mahārāshtra|ML=Megh"
        "ālaya|MN=Manipur|MP=Madhya Pradesh|MZ=Mizoram|NL=Nāgāland|OD/OR=Odisha;Orissa|PB=Punjab|PY=Pondich"
        "erry;Puducherry|RJ=Rājasthān|SK=Sikkim|TN=Tamil Nādu|TR=Tripura|TS/TG=Telangāna|UK/UT=Uttaranchal;"
        "Uttarākhand|UP=Uttar Pradesh|WB=West Bengal"
    ),
    "IQ": (
        "AN=Al Anbār|BA=Al Başrah|BB=Bābil|BG=Baghdād|DI=Diyālá|DQ=Dhī Qār|KA=Karbalā’|KI=Kirkūk|KR=Iqlīm K"
        "ūrdistān|MA=Maysān|MU=Al Muthanná|NA=An Najaf|NI=Nīnawá|QA=Al Qādisīyah|SD=Şalāḩ ad Dīn|WA=Wāsiţ"
    ),
    "IR": (
        "00=Markazī|01=Gīlān|02=Māzandarān|03=Āz̄ārbāyjān-e Shārqī|04=Āz̄ārbāyjān-e Ghārbī|05=Kermānshāh|06"
        "=Khūzestān|07=Fārs|08=Kermān|09=Khorāsān-e Raẕavī|10=Eşfahān|11=Sīstān va Balūchestān|12=Kordestān"
        "|13=Hamadān|14=Chahār Maḩāl va Bakhtīārī|15=Lorestān|16=Īlām|17=Kohgīlūyeh va Bowyer Aḩmad|18=Būsh"
        "ehr|19=Zanjān|20=Semnān|21=Yazd|22=Hormozgān|23=Tehrān|24=Ardabīl|25=Qom|26=Qazvīn|27=Golestān|28="
        "Khorāsān-e Shomālī|29=Khorāsān-e Jonūbī|30=Alborz"
    ),
    "IS": (
        "1=Höfuðborgarsvæði|2=Suðurnes|3=Vesturland|4=Vestfirðir|5=Norðurland vestra|6=Norðurland eystra|7="
        "Austurland|8=Suðurland"
    ),
    "IT": (
        "21=Piedmont;Piemonte|23/AO=Aosta;Aosta Valley;Valle d'Aosta|25=Lombardia;Lombardy|32=Trentino-Alto"
        " Adige;Trentino-South Tyrol|34=Veneto|36=Friuli Venezia Giulia|42=Liguria|45=Emilia-Romagna|52=Tos"
        "cana;Tuscany|55=Umbria|57=Marche|62=Lazio|65=Abruzzo|67=Molise|72=Campania|75=Apulia;Puglia|77=Bas"
        "ilicata|78=Calabria|82=Sicilia;Sicily|88=Sardegna;Sardinia|AG=Agrigento|AL=Alessandria|AN=Ancona|A"
        "P=Ascoli Piceno|AQ=L'Aquila|AR=Arezzo|AT=Asti|AV=Avellino|BA=Bari|BG=Bergamo|BI=Biella|BL=Belluno|"
        "BN=Benevento|BO=Bologna|BR=Brindisi|BS=Brescia|BT=Barletta-Andria-Trani|BZ=Bolzano|CA=Cagliari|CB="
        "Campobasso|CE=Caserta|CH=Chieti|CL=Caltanissetta|CN=Cuneo|CO=Como|CR=Cremona|CS=Cosenza|CT=Catania"
        "|CZ=Catanzaro|EN=Enna|FC=Forlì-Cesena|FE=Ferrara|FG=Foggia|FI=Firenze|FM=Fermo|FR=Frosinone|GE=Gen"
        "ova|GO=Gorizia|GR=Grosseto|IM=Imperia|IS=Isernia|KR=Crotone|LC=Lecco|LE=Lecce|LI=Livorno|LO=Lodi|L"
        "T=Latina|LU=Lucca|MB=Monza e Brianza|MC=Macerata|ME=Messina|MI=Milano|MN=Mantova|MO=Modena|MS=Mass"
        "a-Carrara|MT=Matera|NA=Napoli|NO=Novara|NU=Nuoro|OR=Oristano|PA=Palermo|PC=Piacenza|PD=Padova|PE=P"
        "escara|PG=Perugia|PI=Pisa|PN=Pordenone|PO=Prato|PR=Parma|PT=Pistoia|PU=Pesaro e Urbino|PV=Pavia|PZ"
        "=Potenza|RA=Ravenna|RC=Reggio Calabria|RE=Reggio Emilia|RG=Ragusa|RI=Rieti|RM=Roma|RN=Rimini|RO=Ro"
        "vigo|SA=Salerno|SI=Siena|SO=Sondrio|SP=La Spezia|SR=Siracusa|SS=Sassari|SU=Sud Sardegna|SV=Savona|"
        "TA=Taranto|TE=Teramo|TN=Trento|TO=Torino|TP=Trapani|TR=Terni|TS=Trieste|TV=Treviso|UD=Udine|VA=Var"
        "ese|VB=Verbano-Cusio-Ossola|VC=Vercelli|VE=Venezia|VI=Vicenza|VR=Verona|VT=Viterbo|VV=Vibo Valenti"
        "a"
    ),
    "JM": (
        "01=Kingston|02=Saint Andrew|03=Saint Thomas|04=Portland|05=Saint Mary|06=Saint Ann|07=Trelawny|08="
        "Saint James|09=Hanover|10=Westmoreland|11=Saint Elizabeth|12=Manchester|13=Clarendon|14=Saint Cath"
        "erine"
    ),
    "JO": (
        "AJ=‘Ajlūn|AM=Al ‘A̅şimah|AQ=Al ‘Aqabah|AT=Aţ Ţafīlah|AZ=Az Zarqā’|BA=Al Balqā’|IR=Irbid|JA=Jarash|"
        "KA=Al Karak|MA=Al Mafraq|MD=Mādabā|MN=Ma‘ān"
    ),
    "JP": (
        "01=Hokkaido|02=Aomori|03=Iwate|04=Miyagi|05=Akita|06=Yamagata|07=Fukushima|08=Ibaraki|09=Tochigi|1"
        "0=Gunma|11=Saitama|12=Chiba|13=Tokyo|14=Kanagawa|15=Niigata|16=Toyama|17=Ishikawa|18=Fukui|19=Yama"
        "nashi|20=Nagano|21=Gifu|22=Shizuoka|23=Aichi|24=Mie|25=Shiga|26=Kyoto|27=Osaka|28=Hyogo|29=Nara|30"
        "=Wakayama|31=Tottori|32=Shimane|33=Okayama|34=Hiroshima|35=Yamaguchi|36=Tokushima|37=Kagawa|38=Ehi"
        "me|39=Kochi|40=Fukuoka|41=Saga|42=Nagasaki|43=Kumamoto|44=Oita|45=Miyazaki|46=Kagoshima|47=Okinawa"
    ),
    "KE": (
        "01=Baringo|02=Bomet|03=Bungoma|04=Busia|05=Elgeyo/Marakwet|06=Embu|07=Garissa|08=Homa Bay|09=Isiol"
        "o|10=Kajiado|11=Kakamega|12=Kericho|13=Kiambu|14=Kilifi|15=Kirinyaga|16=Kisii|17=Kisumu|18=Kitui|1"
        "9=Kwale|20=Laikipia|21=Lamu|22=Machakos|23=Makueni|24=Mandera|25=Marsabit|26=Meru|27=Migori|28=Mom"
        "basa|29=Murang'a|30=Nairobi City|31=Nakuru|32=Nandi|33=Narok|34=Nyamira|35=Nyandarua|36=Nyeri|37=S"
        "amburu|38=Siaya|39=Taita/Taveta|40=Tana River|41=Tharaka-Nithi|42=Trans Nzoia|43=Turkana|44=Uasin "
        "Gishu|45=Vihiga|46=Wajir|47=West Pokot"
    ),
    "KG": (
        "B=Batken|C=Chüy|GB=Bishkek Shaary|GO=Osh Shaary|J=Jalal-Abad|N=Naryn|O=Osh|T=Talas|Y=Ysyk-Köl"
    ),
    "KH": (
        "1=Banteay Mean Choăy|10=Kracheh|11=Mondol Kiri|12=Phnom Penh|13=Preah Vihear|14=Prey Veaeng|15=Pou"
        "saat|16=Rotanak Kiri|17=Siem Reab|18=Preah Sihanouk|19=Stueng Traeng|2=Baat Dambang|20=Svaay Rieng"
        "|21=Taakaev|22=Otdar Mean Chey|23=Kaeb|24=Pailin|25=Tbong Khmum|3=Kampong Chaam|4=Kampong Chhnang|"
        "5=Kampong Spueu|6=Kampong Thum|7=Kampot|8=Kandaal|9=Kaoh Kong"
    ),
    "KI": (
        "G=Gilbert Islands|L=Line Islands|P=Phoenix Islands"
    ),
    "KM": (
        "A=Anjouan|G=Grande Comore|M=Mohéli"
    ),
    "KN": (
        "K=Saint Kitts|N=Nevis"
    ),
    "KP": (
        "01=Phyeongyang|02=Phyeongannamto|03=Phyeonganpukto|04=Jakangto|05=Hwanghainamto|06=Hwanghaipukto|0"
        "7=Kangweonto|08=Hamkyeongnamto|09=Hamkyeongpukto|10=Ryangkangto|13=Raseon|14=Nampho|15=Kaeseong"
    ),
    "KR": (
        "11=Seoul-teukbyeolsi|26=Busan-gwangyeoksi|27=Daegu-gwangyeoksi|28=Incheon-gwangyeoksi|29=Gwangju-g"
        "wangyeoksi|30=Daejeon-gwangyeoksi|31=Ulsan-gwangyeoksi|41=Gyeonggi-do|42=Gangwon-teukbyeoljachido|"
        "43=Chungcheongbuk-do|44=Chungcheongnam-do|45=Jeollabuk-do|46=Jeollanam-do|47=Gyeongsangbuk-do|48=G"
        "yeongsangnam-do|49=Jeju-teukbyeoljachido|50=Sejong"
    ),
    "KW": (
        "AH=Al Aḩmadī|FA=Al Farwānīyah|HA=Ḩawallī|JA=Al Jahrā’|KU=Al ‘Āşimah|MU=Mubārak al Kabīr"
    ),
    "KZ": (
        "10=Abay oblysy|11=Aqmola oblysy|15=Aqtöbe oblysy|19=Almaty oblysy|23=Atyraū oblysy|27=Batys Qazaqs"
        "tan oblysy|31=Zhambyl oblysy|33=Zhetisū oblysy|35=Qaraghandy oblysy|39=Qostanay oblysy|43=Qyzylord"
        "a oblysy|47=Mangghystaū oblysy|55=Pavlodar oblysy|59=Soltüstik Qazaqstan oblysy|61=Türkistan oblys"
        "y|62=Ulytaū oblysy|63=Shyghys Qazaqstan oblysy|71=Astana|75=Almaty|79=Shymkent"
    ),
    "LA": (
        "AT=Attapu|BK=Bokèo|BL=Bolikhamxai|CH=Champasak|HO=Houaphan|KH=Khammouan|LM=Louang Namtha|LP=Louang"
        "phabang|OU=Oudômxai|PH=Phôngsali|SL=Salavan|SV=Savannakhét|VI=|VT=|XA=Xaignabouli|XE=Xékong|XI=Xia"
        "ngkhouang|XS=Xaisômboun"
    ),
    "LB": (
        "AK=‘Akkār|AS=Ash Shimāl|BA=Bayrūt|BH=B‘alabak-Al Hirmil|BI=Al Biqā‘|JA=Al Janūb|JL=Jabal Lubnān|NA"
        "=An Nabaţīyah"
    ),
    "LC": (
        "01=Anse la Raye|02=Castries|03=Choiseul|05=Dennery|06=Gros Islet|07=Laborie|08=Micoud|10=Soufrière"
        "|11=Vieux Fort|12=Canaries"
    ),
    "LI": (
        "01=Balzers|02=Eschen|03=Gamprin|04=Mauren|05=Planken|06=Ruggell|07=Schaan|08=Schellenberg|09=Tries"
        "en|10=Triesenberg|11=Vaduz"
    ),
    "LK": (
        "1=Western Province|2=Central Province|3=Southern Province|4=Northern Province|5=Eastern Province|6"
        "=North Western Province|7=North Central Province|8=Uva Province|9=Sabaragamuwa Province"
    ),
    "LR": (
        "BG=Bong|BM=Bomi|CM=Grand Cape Mount|GB=Grand Bassa|GG=Grand Gedeh|GK=Grand Kru|GP=Gbarpolu|LO=Lofa"
        "|MG=Margibi|MO=Montserrado|MY=Maryland|NI=Nimba|RG=River Gee|RI=River Cess|SI=Sinoe"
    ),
    "LS": (
        "A=Maseru|B=Botha-Bothe|C=Leribe|D=Berea|E=Mafeteng|F=Mohale's Hoek|G=Quthing|H=Qacha's Nek|J=Mokho"
        "tlong|K=Thaba-Tseka"
    ),
    "LT": (
        "AL=Alytaus apskritis|KL=Klaipėdos apskritis|KU=Kauno apskritis|MR=Marijampolės apskritis|PN=Panevė"
        "žio apskritis|SA=Šiaulių apskritis|TA=Tauragės apskritis|TE=Telšių apskritis|UT=Utenos apskritis|V"
        "L=Vilniaus apskritis"
    ),
    "LU": (
        "CA=Capellen|CL=Clervaux|DI=Diekirch|EC=Echternach|ES=Esch-sur-Alzette|GR=Grevenmacher|LU=Luxembour"
        "g|ME=Mersch|RD=Redange|RM=Remich|VD=Vianden|WI=Wiltz"
    ),
    "LV": (
        "002=Aizkraukles novads|007=Alūksnes novads|011=Ādažu novads|015=Balvu novads|016=Bauskas novads|02"
        "2=Cēsu novads|026=Dobeles novads|033=Gulbenes novads|041=Jelgavas novads|042=Jēkabpils novads|047="
        "Krāslavas novads|050=Kuldīgas novads|052=Ķekavas novads|054=Limbažu novads|056=Līvānu novads|058=L"
        "udzas novads|059=Madonas novads|062=Mārupes novads|067=Ogres novads|068=Olaines novads|073=Preiļu "
        "novads|077=Rēzeknes novads|080=Ropažu novads|087=Salaspils novads|088=Saldus novads|089=Saulkrastu"
        " novads|091=Siguldas novads|094=Smiltenes novads|097=Talsu novads|099=Tukuma novads|101=Valkas nov"
        "ads|102=Varakļānu novads|106=Ventspils novads|111=Augšdaugavas novads|112=Dienvidkurzemes Novads|1"
        "13=Valmieras Novads|DGV=Daugavpils|JEL=Jelgava|JUR=Jūrmala|LPX=Liepāja|REZ=Rēzekne|RIX=Rīga|VEN=Ve"
        "ntspils"
    ),
    "LY": (
        "BA=Banghāzī|BU=Al Buţnān|DR=Darnah|GT=Ghāt|JA=Al Jabal al Akhḑar|JG=Al Jabal al Gharbī|JI=Al Jafār"
        "ah|JU=Al Jufrah|KF=Al Kufrah|MB=Al Marqab|MI=Mişrātah|MJ=Al Marj|MQ=Murzuq|NL=Nālūt|NQ=An Nuqāţ al"
        " Khams|SB=Sabhā|SR=Surt|TB=Ţarābulus|WA=Al Wāḩāt|WD=Wādī al Ḩayāt|WS=Wādī ash Shāţi’|ZA=Az Zāwiyah"
    ),
    "MA": (
        "01=Tanger-Tétouan-Al Hoceïma|02=L'Oriental|03=Fès-Meknès|04=Rabat-Salé-Kénitra|05=Béni Mellal-Khén"
        "ifra|06=Casablanca-Settat|07=Marrakech-Safi|08=Drâa-Tafilalet|09=Souss-Massa|10=Guelmim-Oued Noun "
        "(EH-partial);Guelmim-Oued Noun|11=Laâyoune-Sakia El Hamra (EH-partial);Laâyoune-Sakia El Hamra|12="
        "Dakhla-Oued Ed-Dahab (EH);Dakhla-Oued Ed-Dahab"
    ),
    "MC": (
        "CL=La Colle|CO=La Condamine|FO=Fontvieille|GA=La Gare|JE=Jardin Exotique|LA=Larvotto|MA=Malbousque"
        "t|MC=Monte-Carlo|MG=Moneghetti|MO=Monaco-Ville|MU=Moulins|PH=Port-Hercule|SD=Sainte-Dévote|SO=La S"
        "ource|SP=Spélugues|SR=Saint-Roman|VR=Vallon de la Rousse"
    ),
    "MD": (
        "AN=Anenii Noi|BA=Bălți|BD=Bender;Tighina|BR=Briceni|BS=Basarabeasca|CA=Cahul|CL=Călărași|CM=Cimișl"
        "ia|CR=Criuleni|CS=Căușeni|CT=Cantemir|CU=Chișinău|DO=Dondușeni|DR=Drochia|DU=Dubăsari|ED=Edineț|FA"
        "=Fălești|FL=Florești|GA=Găgăuzia, Unitatea teritorială autonomă (UTAG);Găgăuzia;Găgăuzia, Unitatea"
        " teritorială autonomă;Unitatea teritorială autonomă Găgăuzia|GL=Glodeni|HI=Hîncești|IA=Ialoveni|LE"
        "=Leova|NI=Nisporeni|OC=Ocnița|OR=Orhei|RE=Rezina|RI=Rîșcani|SD=Șoldănești|SI=Sîngerei|SN=Stînga Ni"
        "strului, unitatea teritorială din;Stînga Nistrului;unitatea teritorială din Stînga Nistrului|SO=So"
        "roca|ST=Strășeni|SV=Ștefan Vodă|TA=Taraclia|TE=Telenești|UN=Ungheni"
    ),
    "ME": (
        "01=Andrijevica|02=Bar|03=Berane|04=Bijelo Polje|05=Budva|06=Cetinje|07=Danilovgrad|08=Herceg-Novi|"
        "09=Kolašin|10=Kotor|11=Mojkovac|12=Nikšić|13=Plav|14=Pljevlja|15=Plužine|16=Podgorica|17=Rožaje|18"
        "=Šavnik|19=Tivat|20=Ulcinj|21=Žabljak|22=Gusinje|23=Petnjica|24=Tuzi|25=Zeta"
    ),
    "MG": (
        "A=Toamasina|D=Antsiranana|F=Fianarantsoa|M=Mahajanga|T=Antananarivo|U=Toliara"
    ),
    "MH": (
        "L=Ralik chain|T=Ratak chain"
    ),
    "MK": (
        "101=Veles|102=Gradsko|103=Demir Kapija|104=Kavadarci|105=Lozovo|106=Negotino|107=Rosoman|108=Sveti"
        " Nikole|109=Čaška|201=Berovo|202=Vinica|203=Delčevo|204=Zrnovci|205=Karbinci|206=Kočani|207=Makedo"
        "nska Kamenica|208=Pehčevo|209=Probištip|210=Češinovo-Obleševo|211=Štip|301=Vevčani|303=Debar|304=D"
        "ebrca|307=Kičevo|308=Makedonski Brod|310=Ohrid|311=Plasnica|312=Struga|313=Centar Župa|401=Bogdanc"
        "i|402=Bosilovo|403=Valandovo|404=Vasilevo|405=Gevgelija|406=Dojran|407=Konče|408=Novo Selo|409=Rad"
        "oviš|410=Strumica|501=Bitola|502=Demir Hisar|503=Dolneni|504=Krivogaštani|505=Kruševo|506=Mogila|5"
        "07=Novaci|508=Prilep|509=Resen|601=Bogovinje|602=Brvenica|603=Vrapčište|604=Gostivar|605=Želino|60"
        "6=Jegunovce|607=Mavrovo i Rostuše|608=Tearce|609=Tetovo|701=Kratovo|702=Kriva Palanka|703=Kumanovo"
        "|704=Lipkovo|705=Rankovce|706=Staro Nagoričane|801=Aerodrom|802=Aračinovo|803=Butel|804=Gazi Baba|"
        "805=Gjorče Petrov|806=Zelenikovo|807=Ilinden|808=Karpoš|809=Kisela Voda|810=Petrovec|811=Saraj|812"
        "=Sopište|813=Studeničani|814=Centar|815=Čair|816=Čučer-Sandevo|817=Šuto Orizari"
    ),
    "ML": (
        "1=Kayes|10=Taoudénit|2=Koulikoro|3=Sikasso|4=Ségou|5=Mopti|6=Tombouctou|7=Gao|8=Kidal|9=Ménaka|BKO"
        "=Bamako"
    ),
    "MM": (
        "01=Sagaing|02=Bago|03=Magway|04=Mandalay|05=Tanintharyi|06=Yangon|07=Ayeyarwady|11=Kachin|12=Kayah"
        "|13=Kayin|14=Chin|15=Mon|16=Rakhine|17=Shan|18=Nay Pyi Taw"
    ),
    "MN": (
        "035=Orhon|037=Darhan uul|039=Hentiy|041=Hövsgöl|043=Hovd|046=Uvs|047=Töv|049=Selenge|051=Sühbaatar"
        "|053=Ömnögovĭ|055=Övörhangay|057=Dzavhan|059=Dundgovĭ|061=Dornod|063=Dornogovĭ|064=Govĭ-Sümber|065"
        "=Govĭ-Altay|067=Bulgan|069=Bayanhongor|071=Bayan-Ölgiy|073=Arhangay|1=Ulaanbaatar"
    ),
    "MR": (
        "01=Hodh ech Chargui|02=Hodh el Gharbi|03=Assaba|04=Gorgol|05=Brakna|06=Trarza|07=Adrar|08=Dakhlet "
        "Nouâdhibou|09=Tagant|10=Guidimaka|11=Tiris Zemmour|12=Inchiri|13=Nouakchott Ouest|14=Nouakchott No"
        "rd|15=Nouakchott Sud"
    ),
    "MT": (
        "01=Attard|02=Balzan|03=Birgu|04=Birkirkara|05=Birżebbuġa|06=Bormla|07=Dingli|08=Fgura|09=Floriana|"
        "10=Fontana|11=Gudja|12=Gżira|13=Għajnsielem|14=Għarb|15=Għargħur|16=Għasri|17=Għaxaq|18=Ħamrun|19="
        "Iklin|20=Isla|21=Kalkara|22=Kerċem|23=Kirkop|24=Lija|25=Luqa|26=Marsa|27=Marsaskala|28=Marsaxlokk|"
        "29=Mdina|30=Mellieħa|31=Mġarr|32=Mosta|33=Mqabba|34=Msida|35=Mtarfa|36=Munxar|37=Nadur|38=Naxxar|3"
        "9=Paola|40=Pembroke|41=Pietà|42=Qala|43=Qormi|44=Qrendi|45=Rabat Gozo|46=Rabat Malta|47=Safi|48=Sa"
        "int Julian's|49=Saint John|50=Saint Lawrence|51=Saint Paul's Bay|52=Sannat|53=Saint Lucia's|54=San"
        "ta Venera|55=Siġġiewi|56=Sliema|57=Swieqi|58=Ta' Xbiex|59=Tarxien|60=Valletta|61=Xagħra|62=Xewkija"
        "|63=Xgħajra|64=Żabbar|65=Żebbuġ Gozo|66=Żebbuġ Malta|67=Żejtun|68=Żurrieq"
    ),
    "MU": (
        "AG=Agalega Islands|BL=Black River|CC=Cargados Carajos Shoals|FL=Flacq|GP=Grand Port|MO=Moka|PA=Pam"
        "plemousses|PL=Port Louis|PW=Plaines Wilhems|RO=Rodrigues Island|RR=Rivière du Rempart|SA=Savanne"
    ),
    "MV": (
        "00=South Ari Atoll|01=Addu City|02=North Ari Atoll|03=Faadhippolhu|04=Felidhu Atoll|05=Hahdhunmath"
        "i|07=North Thiladhunmathi|08=Kolhumadulu|12=Mulaku Atoll|13=North Maalhosmadulu|14=North Nilandhe "
        "Atoll|17=South Nilandhe Atoll|20=South Maalhosmadulu|23=South Thiladhunmathi|24=North Miladhunmadu"
        "lu|25=South Miladhunmadulu|26=Male Atoll|27=North Huvadhu Atoll|28=South Huvadhu Atoll|29=Fuvammul"
        "ah|MLE=Male"
    ),
    "MW": (
        "C=Central Region|N=Northern Region|S=Southern Region"
    ),
    "MX": (
        "AGU=Aguascalientes|BCN=Baja California|BCS=Baja California Sur|CAM=Campeche|CHH=Chihuahua|CHP=Chia"
        "pas|CMX/CDMX/DF/DIF=Ciudad de México;Distrito Federal;Mexico City|COA=Coahuila de Zaragoza|COL=Col"
        "ima|DUR=Durango|GRO=Guerrero|GUA=Guanajuato|HID=Hidalgo|JAL=Jalisco|MEX=México|MIC=Michoacán de Oc"
        "ampo|MOR=Morelos|NAY=Nayarit|NLE=Nuevo León|OAX=Oaxaca|PUE=Puebla|QUE=Querétaro|ROO=Quintana Roo|S"
        "IN=Sinaloa|SLP=San Luis Potosí|SON=Sonora|TAB=Tabasco|TAM=Tamaulipas|TLA=Tlaxcala|VER=Veracruz de "
        "Ignacio de la Llave|YUC=Yucatán|ZAC=Zacatecas"
    ),
    "MY": (
        "01=Johor|02=Kedah|03=Kelantan|04=Melaka|05=Negeri Sembilan|06=Pahang|07=Pulau Pinang|08=Perak|09=P"
        "erlis|10=Selangor|11=Terengganu|12=Sabah|13=Sarawak|14=Wilayah Persekutuan Kuala Lumpur|15=Wilayah"
        " Persekutuan Labuan|16=Wilayah Persekutuan Putrajaya"
    ),
    "MZ": (
        "A=Niassa|B=Manica|G=Gaza|I=Inhambane|L=|MPM=|N=Nampula|P=Cabo Delgado|Q=Zambézia|S=Sofala|T=Tete"
    ),
    "NA": (
        "CA=Zambezi|ER=Erongo|HA=Hardap|KA=Karas|KE=Kavango East|KH=Khomas|KU=Kunene|KW=Kavango West|OD=Otj"
        "ozondjupa|OH=Omaheke|ON=Oshana|OS=Omusati|OT=Oshikoto|OW=Ohangwena"
    ),
    "NE": (
        "1=Agadez|2=Diffa|3=Dosso|4=Maradi|5=Tahoua|6=Tillabéri|7=Zinder|8=Niamey"
    ),
    "NG": (
        "AB=Abia|AD=Adamawa|AK=Akwa Ibom|AN=Anambra|BA=Bauchi|BE=Benue|BO=Borno|BY=Bayelsa|CR=Cross River|D"
        "E=Delta|EB=Ebonyi|ED=Edo|EK=Ekiti|EN=Enugu|FC=Abuja Federal Capital Territory|GO=Gombe|IM=Imo|JI=J"
        "igawa|KD=Kaduna|KE=Kebbi|KN=Kano|KO=Kogi|KT=Katsina|KW=Kwara|LA=Lagos|NA=Nasarawa|NI=Niger|OG=Ogun"
        "|ON=Ondo|OS=Osun|OY=Oyo|PL=Plateau|RI=Rivers|SO=Sokoto|TA=Taraba|YO=Yobe|ZA=Zamfara"
    ),
    "NI": (
        "AN=Costa Caribe Norte|AS=Costa Caribe Sur|BO=Boaco|CA=Carazo|CI=Chinandega|CO=Chontales|ES=Estelí|"
        "GR=Granada|JI=Jinotega|LE=León|MD=Madriz|MN=Managua|MS=Masaya|MT=Matagalpa|NS=Nueva Segovia|RI=Riv"
        "as|SJ=Río San Juan"
    ),
    "NL": (
        "AW=Aruba|BQ1=Bonaire|BQ2=Saba|BQ3=Sint Eustatius|CW=Curaçao|DR=Drenthe|FL=Flevoland|FR=Fryslân|GE="
        "Gelderland|GR=Groningen|LI=Limburg|NB=Noord-Brabant|NH=Noord-Holland|OV=Overijssel|SX=Sint Maarten"
        "|UT=Utrecht|ZE=Zeeland|ZH=Zuid-Holland"
    ),
    "NO": (
        "03=Oslo|11=Rogaland|15=Møre og Romsdal|18=Nordland|21=Svalbard (Arctic Region);Svalbard|22=Jan May"
        "en (Arctic Region);Jan Mayen|30=Viken|34=Innlandet|38=Vestfold og Telemark|42=Agder|46=Vestland|50"
        "=Trøndelag|54=Troms og Finnmark"
    ),
    "NP": (
        "P1=Koshi|P2=Madhesh|P3=Bagmati|P4=Gandaki|P5=Lumbini|P6=Karnali|P7=Sudurpashchim"
    ),
    "NR": (
        "01=Aiwo|02=Anabar|03=Anetan|04=Anibare|05=Baitsi|06=Boe|07=Buada|08=Denigomodu|09=Ewa|10=Ijuw|11=M"
        "eneng|12=Nibok|13=Uaboe|14=Yaren"
    ),
    "NZ": (
        "AUK=Auckland|BOP=Bay of Plenty|CAN=Canterbury|CIT=Chatham Islands Territory|GIS=Gisborne|HKB=Hawke"
        "'s Bay|MBH=Marlborough|MWT=Manawatū-Whanganui|NSN=Nelson|NTL=Northland|OTA=Otago|STL=Southland|TAS"
        "=Tasman|TKI=Taranaki|WGN=Greater Wellington|WKO=Waikato|WTC=West Coast"
    ),
    "OM": (
        "BJ=Janūb al Bāţinah|BS=Shamāl al Bāţinah|BU=Al Buraymī|DA=Ad Dākhilīyah|MA=Masqaţ|MU=Musandam|SJ=J"
        "anūb ash Sharqīyah|SS=Shamāl ash Sharqīyah|WU=Al Wusţá|ZA=Az̧ Z̧āhirah|ZU=Z̧ufār"
    ),
    "PA": (
        "1=Bocas del Toro|10=Panamá Oeste|2=Coclé|3=Colón|4=Chiriquí|5=Darién|6=Herrera|7=Los Santos|8=Pana"
        "má|9=Veraguas|EM=Emberá|KY=Guna Yala|NB=Ngäbe-Buglé|NT=Naso Tjër Di"
    ),
    "PE": (
        "AMA=Amazonas|ANC=Ancash|APU=Apurímac|ARE=Arequipa|AYA=Ayacucho|CAJ=Cajamarca|CAL=El Callao|CUS=Cus"
        "co|HUC=Huánuco|HUV=Huancavelica|ICA=Ica|JUN=Junín|LAL=La Libertad|LAM=Lambayeque|LIM=Lima|LMA=Muni"
        "cipalidad Metropolitana de Lima|LOR=Loreto|MDD=Madre de Dios|MOQ=Moquegua|PAS=Pasco|PIU=Piura|PUN="
        "Puno|SAM=San Martín|TAC=Tacna|TUM=Tumbes|UCA=Ucayali"
    ),
    "PG": (
        "CPK=Chimbu|CPM=Central|EBR=East New Britain|EHG=Eastern Highlands|EPW=Enga|ESW=East Sepik|GPK=Gulf"
        "|HLA=Hela|JWK=Jiwaka|MBA=Milne Bay|MPL=Morobe|MPM=Madang|MRL=Manus|NCD=National Capital District ("
        "Port Moresby);National Capital District|NIK=New Ireland|NPP=Northern|NSB=Bougainville|SAN=West Sep"
        "ik|SHM=Southern Highlands|WBK=West New Britain|WHM=Western Highlands|WPD=Western"
    ),
    "PH": (
        "00=National Capital Region|01=Ilocos (Region I);Ilocos|02=Cagayan Valley (Region II);Cagayan Valle"
        "y|03=Central Luzon (Region III);Central Luzon|05=Bicol (Region V);Bicol|06=Western Visayas (Region"
        " VI);Western Visayas|07=Central Visayas (Region VII);Central Visayas|08=Eastern Visayas (Region VI"
        "II);Eastern Visayas|09=Zamboanga Peninsula (Region IX);Zamboanga Peninsula|10=Northern Mindanao (R"
        "egion X);Northern Mindanao|11=Davao (Region XI);Davao|12=Soccsksargen (Region XII);Soccsksargen|13"
        "=Caraga (Region XIII);Caraga|14=Autonomous Region in Muslim Mindanao (ARMM);Autonomous Region in M"
        "uslim Mindanao|15=Cordillera Administrative Region (CAR);Cordillera Administrative Region|40=Calab"
        "arzon (Region IV-A);Calabarzon|41=Mimaropa (Region IV-B);Mimaropa|ABR=Abra|AGN=Agusan del Norte|AG"
        "S=Agusan del Sur|AKL=Aklan|ALB=Albay|ANT=Antique|APA=Apayao|AUR=Aurora|BAN=Bataan|BAS=Basilan|BEN="
        "Benguet|BIL=Biliran|BOH=Bohol|BTG=Batangas|BTN=Batanes|BUK=Bukidnon|BUL=Bulacan|CAG=Cagayan|CAM=Ca"
        "miguin|CAN=Camarines Norte|CAP=Capiz|CAS=Camarines Sur|CAT=Catanduanes|CAV=Cavite|CEB=Cebu|COM=Dav"
        "ao de Oro|DAO=Davao Oriental|DAS=Davao del Sur|DAV=Davao del Norte|DIN=Dinagat Islands|DVO=Davao O"
        "ccidental|EAS=Eastern Samar|GUI=Guimaras|IFU=Ifugao|ILI=Iloilo|ILN=Ilocos Norte|ILS=Ilocos Sur|ISA"
        "=Isabela|KAL=Kalinga|LAG=Laguna|LAN=Lanao del Norte|LAS=Lanao del Sur|LEY=Leyte|LUN=La Union|MAD=M"
        "arinduque|MAS=Masbate|MDC=Mindoro Occidental|MDR=Mindoro Oriental|MGN=Maguindanao del Norte|MGS=Ma"
        "guindanao del Sur|MOU=Mountain Province|MSC=Misamis Occidental|MSR=Misamis Oriental|NCO=Cotabato|N"
        "EC=Negros Occidental|NER=Negros Oriental|NSA=Northern Samar|NUE=Nueva Ecija|NUV=Nueva Vizcaya|PAM="
        "Pampanga|PAN=Pangasinan|PLW=Palawan|QUE=Quezon|QUI=Quirino|RIZ=Rizal|ROM=Romblon|SAR=Sarangani|SCO"
        "=South Cotabato|SIG=Siquijor|SLE=Southern Leyte|SLU=Sulu|SOR=Sorsogon|SUK=Sultan Kudarat|SUN=Surig"
        "ao del Norte|SUR=Surigao del Sur|TAR=Tarlac|TAW=Tawi-Tawi|WSA=Samar|ZAN=Zamboanga del Norte|ZAS=Za"
        "mboanga del Sur|ZMB=Zambales|ZSI=Zamboanga Sibugay"
    ),
    "PK": (
        "BA=Balochistan|GB=Gilgit-Baltistan|IS=Islamabad|JK=Azad Jammu and Kashmir|KP=Khyber Pakhtunkhwa|PB"
        "=Punjab|SD=Sindh"
    ),
    "PL": (
        "02=Dolnośląskie|04=Kujawsko-Pomorskie|06=Lubelskie|08=Lubuskie|10=Łódzkie|12=Małopolskie|14=Mazowi"
        "eckie|16=Opolskie|18=Podkarpackie|20=Podlaskie|22=Pomorskie|24=Śląskie|26=Świętokrzyskie|28=Warmiń"
        "sko-Mazurskie|30=Wielkopolskie|32=Zachodniopomorskie"
    ),
    "PS": (
        "BTH=Bethlehem|DEB=Deir El Balah|GZA=Gaza|HBN=Hebron|JEM=Jerusalem|JEN=Jenin|JRH=Jericho and Al Agh"
        "war|KYS=Khan Yunis|NBS=Nablus|NGZ=North Gaza|QQA=Qalqilya|RBH=Ramallah|RFH=Rafah|SLT=Salfit|TBS=Tu"
        "bas|TKM=Tulkarm"
    ),
    "PT": (
        "01=Aveiro|02=Beja|03=Braga|04=Bragança|05=Castelo Branco|06=Coimbra|07=Évora|08=Faro|09=Guarda|10="
        "Leiria|11=Lisboa|12=Portalegre|13=Porto|14=Santarém|15=Setúbal|16=Viana do Castelo|17=Vila Real|18"
        "=Viseu|20=Azores;Açores;Região Autónoma dos Açores|30=Madeira;Região Autónoma da Madeira"
    ),
    "PW": (
        "002=Aimeliik|004=Airai|010=Angaur|050=Hatohobei|100=Kayangel|150=Koror|212=Melekeok|214=Ngaraard|2"
        "18=Ngarchelong|222=Ngardmau|224=Ngatpang|226=Ngchesar|227=Ngeremlengui|228=Ngiwal|350=Peleliu|370="
        "Sonsorol"
    ),
    "PY": (
        "1=Concepción|10=Alto Paraná|11=Central|12=Ñeembucú|13=Amambay|14=Canindeyú|15=Presidente Hayes|16="
        "Alto Paraguay|19=Boquerón|2=San Pedro|3=Cordillera|4=Guairá|5=Caaguazú|6=Caazapá|7=Itapúa|8=Mision"
        "es|9=Paraguarí|ASU=Asunción"
    ),
    "QA": (
        "DA=Ad Dawḩah|KH=Al Khawr wa adh Dhakhīrah|MS=Ash Shamāl|RA=Ar Rayyān|SH=Ash Shīḩānīyah|US=Umm Şalā"
        "l|WA=Al Wakrah|ZA=Az̧ Z̧a‘āyin"
    ),
    "RO": (
        "AB=Alba|AG=Argeș|AR=Arad|B=București|BC=Bacău|BH=Bihor|BN=Bistrița-Năsăud|BR=Brăila|BT=Botoșani|BV"
        "=Brașov|BZ=Buzău|CJ=Cluj|CL=Călărași|CS=Caraș-Severin|CT=Constanța|CV=Covasna|DB=Dâmbovița|DJ=Dolj"
        "|GJ=Gorj|GL=Galați|GR=Giurgiu|HD=Hunedoara|HR=Harghita|IF=Ilfov|IL=Ialomița|IS=Iași|MH=Mehedinți|M"
        "M=Maramureș|MS=Mureș|NT=Neamț|OT=Olt|PH=Prahova|SB=Sibiu|SJ=Sălaj|SM=Satu Mare|SV=Suceava|TL=Tulce"
        "a|TM=Timiș|TR=Teleorman|VL=Vâlcea|VN=Vrancea|VS=Vaslui"
    ),
    "RS": (
        "00=Beograd|08=Mačvanski okrug|09=Kolubarski okrug|10=Podunavski okrug|11=Braničevski okrug|12=Šuma"
        "dijski okrug|13=Pomoravski okrug|14=Borski okrug|15=Zaječarski okrug|16=Zlatiborski okrug|17=Morav"
        "ički okrug|18=Raški okrug|19=Rasinski okrug|20=Nišavski okrug|21=Toplički okrug|22=Pirotski okrug|"
        "23=Jablanički okrug|24=Pčinjski okrug|KM=Kosovo-Metohija|VO=Vojvodina"
    ),
    "RU": (
        "AD=Adygeya, Respublika;Adygeya;Respublika Adygeya|AL=Altay, Respublika;Altay;Respublika Altay|ALT="
        "Altayskiy kray|AMU=Amurskaya oblast'|ARK=Arkhangel'skaya oblast'|AST=Astrakhanskaya oblast'|BA=Bas"
        "hkortostan, Respublika;Bashkortostan;Respublika Bashkortostan|BEL=Belgorodskaya oblast'|BRY=Bryans"
        "kaya oblast'|BU=Buryatiya, Respublika;Buryatiya;Respublika Buryatiya|CE=Chechenskaya Respublika|CH"
        "E=Chelyabinskaya oblast'|CHU=Chukotskiy avtonomnyy okrug|CU=Chuvashskaya Respublika|DA=Dagestan, R"
        "espublika;Dagestan;Respublika Dagestan|IN=Ingushetiya, Respublika;Ingushetiya;Respublika Ingusheti"
        "ya|IRK=Irkutskaya oblast'|IVA=Ivanovskaya oblast'|KAM=Kamchatskiy kray|KB=Kabardino-Balkarskaya Re"
        "spublika|KC=Karachayevo-Cherkesskaya Respublika|KDA=Krasnodarskiy kray|KEM=Kemerovskaya oblast'|KG"
        "D=Kaliningradskaya oblast'|KGN=Kurganskaya oblast'|KHA=Khabarovskiy kray|KHM=Khanty-Mansiyskiy avt"
        "onomnyy okrug|KIR=Kirovskaya oblast'|KK=Khakasiya, Respublika;Khakasiya;Respublika Khakasiya|KL=Ka"
        "lmykiya, Respublika;Kalmykiya;Respublika Kalmykiya|KLU=Kaluzhskaya oblast'|KO=Komi, Respublika;Kom"
        "i;Respublika Komi|KOS=Kostromskaya oblast'|KR=Kareliya, Respublika;Kareliya;Respublika Kareliya|KR"
        "S=Kurskaya oblast'|KYA=Krasnoyarskiy kray|LEN=Leningradskaya oblast'|LIP=Lipetskaya oblast'|MAG=Ma"
        "gadanskaya oblast'|ME=Mariy El, Respublika;Mariy El;Respublika Mariy El|MO=Mordoviya, Respublika;M"
        "ordoviya;Respublika Mordoviya|MOS=Moskovskaya oblast'|MOW=Moskva|MUR=Murmanskaya oblast'|NEN=Nenet"
        "skiy avtonomnyy okrug|NGR=Novgorodskaya oblast'|NIZ=Nizhegorodskaya oblast'|NVS=Novosibirskaya obl"
        "ast'|OMS=Omskaya oblast'|ORE=Orenburgskaya oblast'|ORL=Orlovskaya oblast'|PER=Permskiy kray|PNZ=Pe"
        "nzenskaya oblast'|PRI=Primorskiy kray|PSK=Pskovskaya oblast'|ROS=Rostovskaya oblast'|RYA=Ryazanska"
        "ya oblast'|SA=Saha, Respublika;Respublika Saha;Saha|SAK=Sakhalinskaya oblast'|SAM=Samarskaya oblas"
        "t'|SAR=Saratovskaya oblast'|SE=Severnaya Osetiya, Respublika;Respublika Severnaya Osetiya;Severnay"
        "a Osetiya|SMO=Smolenskaya oblast'|SPE=Sankt-Peterburg|STA=Stavropol'skiy kray|SVE=Sverdlovskaya ob"
        "last'|TA=Tatarstan, Respublika;Respublika Tatarstan;Tatarstan|TAM=Tambovskaya oblast'|TOM=Tomskaya"
        " oblast'|TUL=Tul'skaya oblast'|TVE=Tverskaya oblast'|TY=Tyva, Respublika;Respublika Tyva;Tyva|TYU="
        "Tyumenskaya oblast'|UD=Udmurtskaya Respublika|ULY=Ul'yanovskaya oblast'|VGG=Volgogradskaya oblast'"
        "|VLA=Vladimirskaya oblast'|VLG=Vologodskaya oblast'|VOR=Voronezhskaya oblast'|YAN=Yamalo-Nenetskiy"
        " avtonomnyy okrug|YAR=Yaroslavskaya oblast'|YEV=Yevreyskaya avtonomnaya oblast'|ZAB=Zabaykal'skiy "
        "kray"
    ),
    "RW": (
        "01=City of Kigali|02=Eastern|03=Northern|04=Western|05=Southern"
    ),
    "SA": (
        "01=Ar Riyāḑ|02=Makkah al Mukarramah|03=Al Madīnah al Munawwarah|04=Ash Sharqīyah|05=Al Qaşīm|06=Ḩā"
        "'il|07=Tabūk|08=Al Ḩudūd ash Shamālīyah|09=Jāzān|10=Najrān|11=Al Bāḩah|12=Al Jawf|14='Asīr"
    ),
    "SB": (
        "CE=Central|CH=Choiseul|CT=Capital Territory (Honiara);Capital Territory|GU=Guadalcanal|IS=Isabel|M"
        "K=Makira-Ulawa|ML=Malaita|RB=Rennell and Bellona|TE=Temotu|WE=Western"
    ),
    "SC": (
        "01=Anse aux Pins|02=Anse Boileau|03=Anse Etoile|04=Au Cap|05=Anse Royale|06=Baie Lazare|07=Baie Sa"
        "inte Anne|08=Beau Vallon|09=Bel Air|10=Bel Ombre|11=Cascade|12=Glacis|13=Grand Anse Mahe|14=Grand "
        "Anse Praslin|15=La Digue|16=English River|17=Mont Buxton|18=Mont Fleuri|19=Plaisance|20=Pointe Lar"
        "ue|21=Port Glaud|22=Saint Louis|23=Takamaka|24=Les Mamelles|25=Roche Caiman|26=Ile Perseverance I|"
        "27=Ile Perseverance II"
    ),
    "SD": (
        "DC=Central Darfur|DE=East Darfur|DN=North Darfur|DS=South Darfur|DW=West Darfur|GD=Gedaref|GK=West"
        " Kordofan|GZ=Gezira|KA=Kassala|KH=Khartoum|KN=North Kordofan|KS=South Kordofan|NB=Blue Nile|NO=Nor"
        "thern|NR=River Nile|NW=White Nile|RS=Red Sea|SI=Sennar"
    ),
    "SE": (
        "AB=Stockholms län|AC=Västerbottens län|BD=Norrbottens län|C=Uppsala län|D=Södermanlands län|E=Öste"
        "rgötlands län|F=Jönköpings län|G=Kronobergs län|H=Kalmar län|I=Gotlands län|K=Blekinge län|M=Skåne"
        " län|N=Hallands län|O=Västra Götalands län|S=Värmlands län|T=Örebro län|U=Västmanlands län|W=Dalar"
        "nas län|X=Gävleborgs län|Y=Västernorrlands län|Z=Jämtlands län"
    ),
    "SG": (
        "01=Central Singapore|02=North East|03=North West|04=South East|05=South West"
    ),
    "SH": (
        "AC=Ascension|HL=Saint Helena|TA=Tristan da Cunha"
    ),
    "SI": (
        "001=Ajdovščina|002=Beltinci|003=Bled|004=Bohinj|005=Borovnica|006=Bovec|007=Brda|008=Brezovica|009"
        "=Brežice|010=Tišina|011=Celje|012=Cerklje na Gorenjskem|013=Cerknica|014=Cerkno|015=Črenšovci|016="
        "Črna na Koroškem|017=Črnomelj|018=Destrnik|019=Divača|020=Dobrepolje|021=Dobrova-Polhov Gradec|022"
        "=Dol pri Ljubljani|023=Domžale|024=Dornava|025=Dravograd|026=Duplek|027=Gorenja vas-Poljane|028=Go"
        "rišnica|029=Gornja Radgona|030=Gornji Grad|031=Gornji Petrovci|032=Grosuplje|033=Šalovci|034=Hrast"
        "nik|035=Hrpelje-Kozina|036=Idrija|037=Ig|038=Ilirska Bistrica|039=Ivančna Gorica|040=Izola|041=Jes"
        "enice|042=Juršinci|043=Kamnik|044=Kanal ob Soči|045=Kidričevo|046=Kobarid|047=Kobilje|048=Kočevje|"
        "049=Komen|050=Koper|051=Kozje|052=Kranj|053=Kranjska Gora|054=Krško|055=Kungota|056=Kuzma|057=Lašk"
        "o|058=Lenart|059=Lendava|060=Litija|061=Ljubljana|062=Ljubno|063=Ljutomer|064=Logatec|065=Loška do"
        "lina|066=Loški Potok|067=Luče|068=Lukovica|069=Majšperk|070=Maribor|071=Medvode|072=Mengeš|073=Met"
        "lika|074=Mežica|075=Miren-Kostanjevica|076=Mislinja|077=Moravče|078=Moravske Toplice|079=Mozirje|0"
        "80=Murska Sobota|081=Muta|082=Naklo|083=Nazarje|084=Nova Gorica|085=Novo Mesto|086=Odranci|087=Orm"
        "ož|088=Osilnica|089=Pesnica|090=Piran|091=Pivka|092=Podčetrtek|093=Podvelka|094=Postojna|095=Predd"
        "vor|096=Ptuj|097=Puconci|098=Rače-Fram|099=Radeče|100=Radenci|101=Radlje ob Dravi|102=Radovljica|1"
        "03=Ravne na Koroškem|104=Ribnica|105=Rogašovci|106=Rogaška Slatina|107=Rogatec|108=Ruše|109=Semič|"
        "110=Sevnica|111=Sežana|112=Slovenj Gradec|113=Slovenska Bistrica|114=Slovenske Konjice|115=Starše|"
        "116=Sveti Jurij ob Ščavnici|117=Šenčur|118=Šentilj|119=Šentjernej|120=Šentjur|121=Škocjan|122=Škof"
        "ja Loka|123=Škofljica|124=Šmarje pri Jelšah|125=Šmartno ob Paki|126=Šoštanj|127=Štore|128=Tolmin|1"
        "29=Trbovlje|130=Trebnje|131=Tržič|132=Turnišče|133=Velenje|134=Velike Lašče|135=Videm|136=Vipava|1"
        "37=Vitanje|138=Vodice|139=Vojnik|140=Vrhnika|141=Vuzenica|142=Zagorje ob Savi|143=Zavrč|144=Zreče|"
        "146=Železniki|147=Žiri|148=Benedikt|149=Bistrica ob Sotli|150=Bloke|151=Braslovče|152=Cankova|153="
        "Cerkvenjak|154=Dobje|155=Dobrna|156=Dobrovnik|157=Dolenjske Toplice|158=Grad|159=Hajdina|160=Hoče-"
        "Slivnica|161=Hodoš|162=Horjul|163=Jezersko|164=Komenda|165=Kostel|166=Križevci|167=Lovrenc na Poho"
        "rju|168=Markovci|169=Miklavž na Dravskem polju|170=Mirna Peč|171=Oplotnica|172=Podlehnik|173=Polze"
        "la|174=Prebold|175=Prevalje|176=Razkrižje|177=Ribnica na Pohorju|178=Selnica ob Dravi|179=Sodražic"
        "a|180=Solčava|181=Sveta Ana|182=Sveti Andraž v Slovenskih goricah|183=Šempeter-Vrtojba|184=Tabor|1"
        "85=Trnovska Vas|186=Trzin|187=Velika Polana|188=Veržej|189=Vransko|190=Žalec|191=Žetale|192=Žirovn"
        "ica|193=Žužemberk|194=Šmartno pri Litiji|195=Apače|196=Cirkulane|197=Kostanjevica na Krki|198=Mako"
        "le|199=Mokronog-Trebelno|200=Poljčane|201=Renče-Vogrsko|202=Središče ob Dravi|203=Straža|204=Sveta"
        " Trojica v Slovenskih goricah|205=Sveti Tomaž|206=Šmarješke Toplice|207=Gorje|208=Log-Dragomer|209"
        "=Rečica ob Savinji|210=Sveti Jurij v Slovenskih goricah|211=Šentrupert|212=Mirna|213=Ankaran"
    ),
    "SK": (
        "BC=Banskobystrický kraj|BL=Bratislavský kraj|KI=Košický kraj|NI=Nitriansky kraj|PV=Prešovský kraj|"
        "TA=Trnavský kraj|TC=Trenčiansky kraj|ZI=Žilinský kraj"
    ),
    "SL": (
        "E=Eastern|N=Northern|NW=North Western|S=Southern|W=Western Area (Freetown);Western Area"
    ),
    "SM": (
        "01=Acquaviva|02=Chiesanuova|03=Domagnano|04=Faetano|05=Fiorentino|06=Borgo Maggiore|07=Città di Sa"
        "n Marino|08=Montegiardino|09=Serravalle"
    ),
    "SN": (
        "DB=Diourbel|DK=Dakar|FK=Fatick|KA=Kaffrine|KD=Kolda|KE=Kédougou|KL=Kaolack|LG=Louga|MT=Matam|SE=Sé"
        "dhiou|SL=Saint-Louis|TC=Tambacounda|TH=Thiès|ZG=Ziguinchor"
    ),
    "SO": (
        "AW=Awdal|BK=Bakool|BN=Banaadir|BR=Bari|BY=Bay|GA=Galguduud|GE=Gedo|HI=Hiiraan|JD=Jubbada Dhexe|JH="
        "Jubbada Hoose|MU=Mudug|NU=Nugaal|SA=Sanaag|SD=Shabeellaha Dhexe|SH=Shabeellaha Hoose|SO=Sool|TO=To"
        "gdheer|WO=Woqooyi Galbeed"
    ),
    "SR": (
        "BR=Brokopondo|CM=Commewijne|CR=Coronie|MA=Marowijne|NI=Nickerie|PM=Paramaribo|PR=Para|SA=Saramacca"
        "|SI=Sipaliwini|WA=Wanica"
    ),
    "SS": (
        "BN=Northern Bahr el Ghazal|BW=Western Bahr el Ghazal|EC=Central Equatoria|EE=Eastern Equatoria|EW="
        "Western Equatoria|JG=Jonglei|LK=Lakes|NU=Upper Nile|UY=Unity|WR=Warrap"
    ),
    "ST": (
        "01=Água Grande|02=Cantagalo|03=Caué|04=Lembá|05=Lobata|06=Mé-Zóchi|P=Príncipe"
    ),
    "SV": (
        "AH=Ahuachapán|CA=Cabañas|CH=Chalatenango|CU=Cuscatlán|LI=La Libertad|MO=Morazán|PA=La Paz|SA=Santa"
        " Ana|SM=San Miguel|SO=Sonsonate|SS=San Salvador|SV=San Vicente|UN=La Unión|US=Usulután"
    ),
    "SY": (
        "DI=Dimashq|DR=Dar'ā|DY=Dayr az Zawr|HA=Al Ḩasakah|HI=Ḩimş|HL=Ḩalab|HM=Ḩamāh|ID=Idlib|LA=Al Lādhiqī"
        "yah|QU=Al Qunayţirah|RA=Ar Raqqah|RD=Rīf Dimashq|SU=As Suwaydā'|TA=Ţarţūs"
    ),
    "SZ": (
        "HH=Hhohho|LU=Lubombo|MA=Manzini|SH=Shiselweni"
    ),
    "TD": (
        "BA=Batha|BG=Bahr el Ghazal|BO=Borkou|CB=Chari-Baguirmi|EE=Ennedi-Est|EO=Ennedi-Ouest|GR=Guéra|HL=H"
        "adjer Lamis|KA=Kanem|LC=Lac|LO=Logone-Occidental|LR=Logone-Oriental|MA=Mandoul|MC=Moyen-Chari|ME=M"
        "ayo-Kebbi-Est|MO=Mayo-Kebbi-Ouest|ND=Ville de Ndjamena|OD=Ouaddaï|SA=Salamat|SI=Sila|TA=Tandjilé|T"
        "I=Tibesti|WF=Wadi Fira"
    ),
    "TG": (
        "C=Centrale|K=Kara|M=Maritime (Région);Maritime|P=Plateaux|S=Savanes"
    ),
    "TH": (
        "10=Krung Thep Maha Nakhon|11=Samut Prakan|12=Nonthaburi|13=Pathum Thani|14=Phra Nakhon Si Ayutthay"
        "a|15=Ang Thong|16=Lop Buri|17=Sing Buri|18=Chai Nat|19=Saraburi|20=Chon Buri|21=Rayong|22=Chanthab"
        "uri|23=Trat|24=Chachoengsao|25=Prachin Buri|26=Nakhon Nayok|27=Sa Kaeo|30=Nakhon Ratchasima|31=Bur"
        "i Ram|32=Surin|33=Si Sa Ket|34=Ubon Ratchathani|35=Yasothon|36=Chaiyaphum|37=Amnat Charoen|38=Buen"
        "g Kan|39=Nong Bua Lam Phu|40=Khon Kaen|41=Udon Thani|42=Loei|43=Nong Khai|44=Maha Sarakham|45=Roi "
        "Et|46=Kalasin|47=Sakon Nakhon|48=Nakhon Phanom|49=Mukdahan|50=Chiang Mai|51=Lamphun|52=Lampang|53="
        "Uttaradit|54=Phrae|55=Nan|56=Phayao|57=Chiang Rai|58=Mae Hong Son|60=Nakhon Sawan|61=Uthai Thani|6"
        "2=Kamphaeng Phet|63=Tak|64=Sukhothai|65=Phitsanulok|66=Phichit|67=Phetchabun|70=Ratchaburi|71=Kanc"
        "hanaburi|72=Suphan Buri|73=Nakhon Pathom|74=Samut Sakhon|75=Samut Songkhram|76=Phetchaburi|77=Prac"
        "huap Khiri Khan|80=Nakhon Si Thammarat|81=Krabi|82=Phangnga|83=Phuket|84=Surat Thani|85=Ranong|86="
        "Chumphon|90=Songkhla|91=Satun|92=Trang|93=Phatthalung|94=Pattani|95=Yala|96=Narathiwat|S=Phatthaya"
    ),
    "TJ": (
        "DU=Dushanbe|GB=Kŭhistoni Badakhshon|KT=Khatlon|RA=nohiyahoi tobei jumhurí|SU=Sughd"
    ),
    "TL": (
        "AL=Aileu|AN=Ainaro|BA=Baucau|BO=Bobonaro|CO=Cova Lima|DI=Díli|ER=Ermera|LA=Lautém|LI=Liquiça|MF=Ma"
        "nufahi|MT=Manatuto|OE=Oé-Cusse Ambeno|VI=Viqueque"
    ),
    "TM": (
        "A=Ahal|B=Balkan|D=Daşoguz|L=Lebap|M=Mary|S=Aşgabat"
    ),
    "TN": (
        "11=Tunis|12=L'Ariana|13=Ben Arous|14=La Manouba|21=Nabeul|22=Zaghouan|23=Bizerte|31=Béja|32=Jendou"
        "ba|33=Le Kef|34=Siliana|41=Kairouan|42=Kasserine|43=Sidi Bouzid|51=Sousse|52=Monastir|53=Mahdia|61"
        "=Sfax|71=Gafsa|72=Tozeur|73=Kébili|81=Gabès|82=Médenine|83=Tataouine"
    ),
    "TO": (
        "01='Eua|02=Ha'apai|03=Niuas|04=Tongatapu|05=Vava'u"
    ),
    "TR": (
        "01=Adana|02=Adıyaman|03=Afyonkarahisar|04=Ağrı|05=Amasya|06=Ankara|07=Antalya|08=Artvin|09=Aydın|1"
        "0=Balıkesir|11=Bilecik|12=Bingöl|13=Bitlis|14=Bolu|15=Burdur|16=Bursa|17=Çanakkale|18=Çankırı|19=Ç"
        "orum|20=Denizli|21=Diyarbakır|22=Edirne|23=Elazığ|24=Erzincan|25=Erzurum|26=Eskişehir|27=Gaziantep"
        "|28=Giresun|29=Gümüşhane|30=Hakkâri|31=Hatay|32=Isparta|33=Mersin|34=İstanbul|35=İzmir|36=Kars|37="
        "Kastamonu|38=Kayseri|39=Kırklareli|40=Kırşehir|41=Kocaeli|42=Konya|43=Kütahya|44=Malatya|45=Manisa"
        "|46=Kahramanmaraş|47=Mardin|48=Muğla|49=Muş|50=Nevşehir|51=Niğde|52=Ordu|53=Rize|54=Sakarya|55=Sam"
        "sun|56=Siirt|57=Sinop|58=Sivas|59=Tekirdağ|60=Tokat|61=Trabzon|62=Tunceli|63=Şanlıurfa|64=Uşak|65="
        "Van|66=Yozgat|67=Zonguldak|68=Aksaray|69=Bayburt|70=Karaman|71=Kırıkkale|72=Batman|73=Şırnak|74=Ba"
        "rtın|75=Ardahan|76=Iğdır|77=Yalova|78=Karabük|79=Kilis|80=Osmaniye|81=Düzce"
    ),
    "TT": (
        "ARI=Arima|CHA=Chaguanas|CTT=Couva-Tabaquite-Talparo|DMN=Diego Martin|MRC=Mayaro-Rio Claro|PED=Pena"
        "l-Debe|POS=Port of Spain|PRT=Princes Town|PTF=Point Fortin|SFO=San Fernando|SGE=Sangre Grande|SIP="
        "Siparia|SJL=San Juan-Laventille|TOB=Tobago|TUP=Tunapuna-Piarco"
    ),
    "TV": (
        "FUN=Funafuti|NIT=Niutao|NKF=Nukufetau|NKL=Nukulaelae|NMA=Nanumea|NMG=Nanumaga|NUI=Nui|VAI=Vaitupu"
    ),
    "TW": (
        "CHA=Changhua|CYI=|CYQ=|HSQ=|HSZ=|HUA=Hualien|ILA=Yilan|KEE=Keelung|KHH=Kaohsiung|KIN=Kinmen|LIE=Li"
        "enchiang|MIA=Miaoli|NAN=Nantou|NWT=New Taipei|PEN=Penghu|PIF=Pingtung|TAO=Taoyuan|TNN=Tainan|TPE=T"
        "aipei|TTT=Taitung|TXG=Taichung|YUN=Yunlin"
    ),
    "TZ": (
        "01=Arusha|02=Dar es Salaam|03=Dodoma|04=Iringa|05=Kagera|06=Pemba North|07=Zanzibar North|08=Kigom"
        "a|09=Kilimanjaro|10=Pemba South|11=Zanzibar South|12=Lindi|13=Mara|14=Mbeya|15=Zanzibar West|16=Mo"
        "rogoro|17=Mtwara|18=Mwanza|19=Coast|20=Rukwa|21=Ruvuma|22=Shinyanga|23=Singida|24=Tabora|25=Tanga|"
        "26=Manyara|27=Geita|28=Katavi|29=Njombe|30=Simiyu|31=Songwe"
    ),
    "UA": (
        "05=Vinnytska oblast|07=Volynska oblast|09=Luhanska oblast|12=Dnipropetrovska oblast|14=Donetska ob"
        "last|18=Zhytomyrska oblast|21=Zakarpatska oblast|23=Zaporizka oblast|26=Ivano-Frankivska oblast|30"
        "=Kyiv|32=Kyivska oblast|35=Kirovohradska oblast|40=Sevastopol|43=Avtonomna Respublika Krym|46=Lviv"
        "ska oblast|48=Mykolaivska oblast|51=Odeska oblast|53=Poltavska oblast|56=Rivnenska oblast|59=Sumsk"
        "a oblast|61=Ternopilska oblast|63=Kharkivska oblast|65=Khersonska oblast|68=Khmelnytska oblast|71="
        "Cherkaska oblast|74=Chernihivska oblast|77=Chernivetska oblast"
    ),
    "UG": (
        "C=Central|E=Eastern|N=Northern|W=Western"
    ),
    "UM": (
        "67=Johnston Atoll|71=Midway Islands|76=Navassa Island|79=Wake Island|81=Baker Island|84=Howland Is"
        "land|86=Jarvis Island|89=Kingman Reef|95=Palmyra Atoll"
    ),
    "US": (
        "AK=Alaska|AL=Alabama|AR=Arkansas|AS=American Samoa|AZ=Arizona|CA=California|CO=Colorado|CT=Connect"
        "icut|DC=D.C.;District of Columbia;Washington DC;Washington, D.C.;D.C. Washington|DE=Delaware|FL=Fl"
        "orida|GA=Georgia|GU=Guam|HI=Hawaii|IA=Iowa|ID=Idaho|IL=Illinois|IN=Indiana|KS=Kansas|KY=Kentucky|L"
        "A=Louisiana|MA=Massachusetts|MD=Maryland|ME=Maine|MI=Michigan|MN=Minnesota|MO=Missouri|MP=Northern"
        " Mariana Islands|MS=Mississippi|MT=Montana|NC=North Carolina|ND=North Dakota|NE=Nebraska|NH=New Ha"
        "mpshire|NJ=New Jersey|NM=New Mexico|NV=Nevada|NY=New York|OH=Ohio|OK=Oklahoma|OR=Oregon|PA=Pennsyl"
        "vania|PR=Puerto Rico|RI=Rhode Island|SC=South Carolina|SD=South Dakota|TN=Tennessee|TX=Texas|UM=Un"
        "ited States Minor Outlying Islands|UT=Utah|VA=Virginia|VI=Virgin Islands, U.S.;U.S. Virgin Islands"
        ";Virgin Islands|VT=Vermont|WA=Washington|WI=Wisconsin|WV=West Virginia|WY=Wyoming|AA=Armed Forces "
        "Americas|AE=Armed Forces Europe|AP=Armed Forces Pacific"
    ),
    "UY": (
        "AR=Artigas|CA=Canelones|CL=Cerro Largo|CO=Colonia|DU=Durazno|FD=Florida|FS=Flores|LA=Lavalleja|MA="
        "Maldonado|MO=Montevideo|PA=Paysandú|RN=Río Negro|RO=Rocha|RV=Rivera|SA=Salto|SJ=San José|SO=Sorian"
        "o|TA=Tacuarembó|TT=Treinta y Tres"
    ),
    "UZ": (
        "AN=Andijon|BU=Buxoro|FA=Farg‘ona|JI=Jizzax|NG=Namangan|NW=Navoiy|QA=Qashqadaryo|QR=Qoraqalpog‘isto"
        "n Respublikasi|SA=Samarqand|SI=Sirdaryo|SU=Surxondaryo|TK=|TO=|XO=Xorazm"
    ),
    "VC": (
        "01=Charlotte|02=Saint Andrew|03=Saint David|04=Saint George|05=Saint Patrick|06=Grenadines"
    ),
    "VE": (
        "A=Distrito Capital|B=Anzoátegui|C=Apure|D=Aragua|E=Barinas|F=Bolívar|G=Carabobo|H=Cojedes|I=Falcón"
        "|J=Guárico|K=Lara|L=Mérida|M=Miranda|N=Monagas|O=Nueva Esparta|P=Portuguesa|R=Sucre|S=Táchira|T=Tr"
        "ujillo|U=Yaracuy|V=Zulia|W=Dependencias Federales|X=La Guaira|Y=Delta Amacuro|Z=Amazonas"
    ),
    "VN": (
        "01=Lai Châu|02=Lào Cai|03=Hà Giang|04=Cao Bằng|05=Sơn La|06=Yên Bái|07=Tuyên Quang|09=Lạng Sơn|13="
        "Quảng Ninh|14=Hòa Bình|18=Ninh Bình|20=Thái Bình|21=Thanh Hóa|22=Nghệ An|23=Hà Tĩnh|24=Quảng Bình|"
        "25=Quảng Trị|26=Thừa Thiên-Huế|27=Quảng Nam|28=Kon Tum|29=Quảng Ngãi|30=Gia Lai|31=Bình Định|32=Ph"
        "ú Yên|33=Đắk Lắk|34=Khánh Hòa|35=Lâm Đồng|36=Ninh Thuận|37=Tây Ninh|39=Đồng Nai|40=Bình Thuận|41=L"
        "ong An|43=Bà Rịa - Vũng Tàu|44=An Giang|45=Đồng Tháp|46=Tiền Giang|47=Kiến Giang|49=Vĩnh Long|50=B"
        "ến Tre|51=Trà Vinh|52=Sóc Trăng|53=Bắc Kạn|54=Bắc Giang|55=Bạc Liêu|56=Bắc Ninh|57=Bình Dương|58=B"
        "ình Phước|59=Cà Mau|61=Hải Dương|63=Hà Nam|66=Hưng Yên|67=Nam Định|68=Phú Thọ|69=Thái Nguyên|70=Vĩ"
        "nh Phúc|71=Điện Biên|72=Đắk Nông|73=Hậu Giang|CT=Cần Thơ|DN=Đà Nẵng|HN=Hà Nội|HP=Hải Phòng|SG=Hồ C"
        "hí Minh"
    ),
    "VU": (
        "MAP=Malampa|PAM=Pénama|SAM=Sanma|SEE=Shéfa|TAE=Taféa|TOB=Torba"
    ),
    "WF": (
        "AL=Alo|SG=Sigave|UV=Uvea"
    ),
    "WS": (
        "AA=A'ana|AL=Aiga-i-le-Tai|AT=Atua|FA=Fa'asaleleaga|GE=Gaga'emauga|GI=Gagaifomauga|PA=Palauli|SA=Sa"
        "tupa'itea|TU=Tuamasaga|VF=Va'a-o-Fonoti|VS=Vaisigano"
    ),
    "YE": (
        "AB=Abyan|AD=‘Adan|AM=‘Amrān|BA=Al Bayḑā’|DA=Aḑ Ḑāli‘|DH=Dhamār|HD=Ḩaḑramawt|HJ=Ḩajjah|HU=Al Ḩudayd"
        "ah|IB=Ibb|JA=Al Jawf|LA=Laḩij|MA=Ma’rib|MR=Al Mahrah|MW=Al Maḩwīt|RA=Raymah|SA=Amānat al ‘Āşimah|S"
        "D=Şāʻdah|SH=Shabwah|SN=Şanʻā’|SU=Arkhabīl Suquţrá|TA=Tāʻizz"
    ),
    "ZA": (
        "EC=Eastern Cape|FS=Free State|GP=Gauteng|KZN=Kwazulu-Natal|LP=Limpopo|MP=Mpumalanga|NC=Northern Ca"
        "pe|NW=North-West|WC=Western Cape"
    ),
    "ZM": (
        "01=Western|02=Central|03=Eastern|04=Luapula|05=Northern|06=North-Western|07=Southern|08=Copperbelt"
        "|09=Lusaka|10=Muchinga"
    ),
    "ZW": (
        "BU=Bulawayo|HA=Harare|MA=Manicaland|MC=Mashonaland Central|ME=Mashonaland East|MI=Midlands|MN=Mata"
        "beleland North|MS=Matabeleland South|MV=Masvingo|MW=Mashonaland West"
    ),
}
"""The first level; in some countries the second too: facts.py says which, and why."""
