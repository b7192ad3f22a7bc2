"""The words passphrases are drawn from.

Provenance: chosen by hand for this project, theme by theme, then filtered by a script: naturally without
accent, four to seven letters, spelled as in the Debian word list « wfrench », no word that sounds like
another French word (by the phonemes of espeak-ng, plain inflections apart), nothing rude, sad, violent,
religious or fit to mock a pupil. No list of another project is copied here.
"""

from typing import Final

_TEXT = """
abeille abricot acacia acier acteur actrice adresse adroit affable affaire affiche agate agave agenda agile
agir agneau agrafe agrume aigle aimable aimant aisance ajonc alarme album alerte algue alliage allure alpaga
alpage alpin altier alto amarre amateur ambre amical amidon amont ample ampleur ampoule analyse ananas
anchois ancien angle angora animal anis annexe annonce antenne antique appui arbitre arbre arbuste arcade
arceau archive ardeur ardoise argent argile armoire armure aromate arpent article artisan artiste aspect
astral astre astuce atlante atoll atome atout attache attente aubade aubaine aube auberge audace audio
augure aulne aurore auteur autobus automne autour avance avatar avenant avenir avenue averse avion aviron
avis avocat avoine avril azimut azote azulejo azur bachot badge bague bain balafon balance balcon baleine
balise ballast ballon ballot bande bandeau banjo bannir banque baobab baril barmaid barque barrage baryton
basalte bascule basket basse basset bassin bassine basson bastide bastion bateau batteur bazar beagle
beffroi beige belote berceau berge berger berline bermuda besace besogne bibelot biberon biceps bicorne
bidon bidule bielle bijou billard bille billot binette binocle biotope biplan biscuit bison bitume bivalve
bizarre blague blason bleuet blocus blouson blues bluette bobine bocage bocal boire boisson bolide bonde
bondir bonheur bonjour bonnet bonsoir bonus bordure borne bosquet bottine bouchon boucle bougie boule boulon
bouquet bouquin bourdon bourse boutade boutoir bouton bouture bouvier branche brasero brasse brave bravo
brebis bref brelan brevet bricole bride brigade brin brioche brise bristol broc broche brocoli bronche
bronze brosse brugnon bruine brume brunch bruyant budget buffet buffle buggy buis buisson bulbe bulle bureau
burnous buste buvard buvette cabane cabas cabine cabosse cacao cacolet cactus cadeau cadenas cadence cadette
cadre cadreur cageot cagibi cahute caille caillou caisse cajou cake calamar calcite calcul calepin calice
calicot calmar calme calotte calque calumet cambuse camelot camera camion campeur camping campus canal
canari canasta candeur candide caneton canevas caniche canin cannage canope cantate cantine canton canyon
capable caprice capsule capteur capuche caraco carafe caramel carbone cardon cargo caribou carmin carpe
carpeau carreau carrure cartel cascade casque cassate cassis castel castor cause cave caveau caverne caviar
cellule central centre cerceau cercle cerise cerne chahut chaise chaland chalet chaleur chambre chameau
chamois chance chanson chapeau charade charbon chardon chariot charme charrue chaton chaume chausse chemin
chemise chenal chenet chenil cheval chevet cheveu chevron chiche chien chiffon chiffre chimie chiot chips
choisir chorizo chose chou chrono ciel cierge cigale cigogne ciment cintre circuit cirque cirrus ciseaux
cistude citadin citerne citrin civet civette clairet clairon clameur classe clergie cliche client climat
clin clivage cloison clou clown club coaltar cobalt cobaye cocagne cocarde coche coco codage code codeur
coffre coiffe colibri colis collage collant colline colombe colonne coloris colosse colvert colza combe
combine comble commode commun compact compas complot compost compote concept concert concret condor congru
conque console constat consul contact contenu contour convive convoi copain copal copeau copie corail
cordage corde cordial cordon corne cornue corolle correct corsage cosmos costume cosy cottage coucou coudre
couette couffin couleur coulis couloir coupe couple coupole coupon courage courant courbe coureur courge
courir courlis course coussin couteau coutume couture couvrir coyote crampon cran cravate crawl cresson
cricket criquet cristal croc crocus croire croquis crypte cube cubique cuiller cuire cuisine cuisson cuivre
culbute culture cumin cumulus curcuma curieux curling curry curseur cursif cuve cuvette cyclone cyclope
cymbale dahlia daim dalle dame danseur darne daube dauphin delta demain demeure demi dessus destin devise
diabolo diamant diapo dicton digital digue dire direct discret dispos disque diurne divan dizaine docile
docteur dolmen domaine domino donjon dormir dorure dosage dossard dossier double doublon douceur douche
douve doux doyen drakkar drap droit druide dune dunette durable durcir duvet dynamo effet elfe ellipse
embrun emploi encens enclume endive endroit enfance engin enjeu entente entrain envers envoi envol ermite
escale escorte espace espadon espoir esprit esquif essai essaim essence essor estampe estime estival estomac
estrade exact examen exemple exergue exploit export express exquis extase extra fable fabliau facette facile
facteur fado fagot faille falaise falbala fameux famille fanfare fanion farce farceur fardeau farfelu farine
faucon faveur favori feinte fennec fenouil fente ferme ferry fertile ferveur festif festin feston feutre
fiable fiacre fibre ficelle fiche fifre figue figuier figure filin filleul film filon final finesse fiole
fixe flamme flash fleur fleurir fleuve flocon floral flore flotte fluide fluor foin foire fois fondant
fondre fondue fonte force forge forme formule fortin fortune forum foudre fougue foule fourche fourmi
fournil fournir fragile frais fraise franc frange fresque friand friche frise frisson fromage froment fronce
fronde front frou frugal fruit fuchsia fusain fuseau fusible futur gabarit gadget gage gain gaine gala
galaxie galerie galet galette galion gambade gamelle gamme ganache gant garage garant garde gardien gardon
gare garenne garnir gaufre gaze gazelle gazette gazon gecko gemme genre gentil germe geste gibier gigue
gilet girafe girofle girolle givre glacial globe globule gloire glucose gluten glycine gnocchi gnome gobelet
gobelin golf gommage gondole gong gospel gouache gouffre goujon gousse goyave grade gradin grandir grange
granit granule graphe grappe gratin gratte gratuit gravir gravure grelot griffe griffon grill grille grillon
griotte grotte groupe guano guichet guide guidon guise guitare gymnase gypse habile habit hall halo halte
hamac hameau hamster hanche hangar hardi haricot harnais harpe harpon hasard hausse hennin hermine heure
heureux hibou hiver hobby homard honneur horizon horloge hors houblon houle houppe housse hublot huile huit
hulotte humain humeur humour hune huppe hybride hydre hymne iceberg idiome idoine idylle igloo iguane image
imago immense impact impair impala indice indigo infini initial insecte insigne instant intact intense
interne inverse invite iris isard isba issue isthme ivoire jabot jade jaguar jaillir jalon jambon janvier
jardin jargon jasmin jauge javelot jazz jeep jeudi jockey jogging joindre joker joli jonc jonque joue joueur
joueuse joujou jour journal joute jovial joyau joyeux jubile judo judoka juillet juin jumbo jument jungle
junior jupe jupon jury juste justice jute kaki kamichi karting kayak kendo kilo kilt kimono kiosque kiwi
koala kumquat lagon lagune laine laitage laitier laitue lama lampe lampion lanceur landau lande langage
langue lapin lardon large largeur lasagne laser lasso latte lavage lavande lave lavoir leader lecteur
lecture lemming lent lettre levain levure lexique liane liant libre licence lichen licorne lien lieu ligne
ligue lilas lilial limite limon limpide linge lion lionne liquide lisible liste litchi litre livre livreur
lobe local loggia logique logis loir loisir lombric loriot losange lotion lotus louange loukoum loupe loutre
louve loyal lucarne lucide luciole ludique luette lueur luge lunaire lunch lundi lune lunette lupin luron
lustre luth lutin lutrin luxe luzerne lynx macadam macaron machin machine madrier maestro magasin mage
magenta magie magique magma magnum maille maillon maillot mainate malice mambo manche manette manga mangue
manioc manitou manoir marbre marche mardi marelle marge marin marine marmite marmot marotte marquis mars
martre masque massif match matelas matelot matou matrice mauve mazurka menhir menthe mentor menu menuet
merci mercure merlan merle message mesure meuble meule meunier miaou mica miche midi miel miette mieux milan
milieu millet million mimique mimosa mini minibus minuit minute miracle mirage miroir mistral mitaine
mitoyen mixeur mobile mode moderne module mohair moineau mois moisson moment monde mondial monnaie monocle
montage montant montre morale morceau morille morio mortier motel moteur motif motion moto mouche moudre
mouette moufle mouflon moulage moulin moulure mousse mousson mouton moyen muffin muguet mulet mulot mural
murmure muscade muscle muse musette musical musique mustang myriade myrte mythe nacelle nacre nage nageur
nappage nappe narval natte nature nautile naval navet navette navire nectar neige nerf nerveux neuf neutre
niche nimbe ninja noble nomade nombre nord noria normal norme notable note notice notion nougat nourrir
nouveau novice noyau nuage nuageux nuance nuptial nylon oasis objet ocarina ocelle ocelot ocre octave octet
octobre octroi odeur office offre offrir ogive oignon oiseau okapi olive olivier olympe ombrage ombre
omnibus onde ongle onyx onze opale opaline opaque opinion opossum optimal optique oracle orage oral orange
orateur orbite ordre orge orgue orient origan orignal orme ormeau ortie orvet oseille otarie ouate ouest
ouragan ours oursin outarde outil ouvrage ouvrir ovale ovation ovni oxyde ozone pacte paella pagaie page
pagode paille palace paladin paletot palette palme palombe pampa panache panama panda panneau pantin papaye
papier paprika papyrus parade paradis parage parasol parking parlant parloir parodie paroi parole partage
partir parure passage patient patin patio patois patte pavage pavane pave pays paysage peigne peindre
peintre pelage pelouse peluche perdrix pergola permute persil phase photo phrase piano pichet pickles picot
pied pierre pierrot pigment pignon pilaf pile pilon pilote pilotis piment pimpant pinacle pinasse pince
pinceau pintade pioche pion pipette pirate pirogue piscine piste pistil piston pitance pivert pivoine pivot
pizza placard place plafond plage plaid plaire plaisir planche planeur plante plaque plat platane plateau
platine plomb plot pluie plumage plume plumeau pneu poche pochoir podium poigne pointe pointu poireau
poirier poivre poivron polaire polenta polir polka pollen polo poncho poney ponton porche portail porte
porteur portion positif postal poste posture potage potager poterie potiche potier potin potiron poudre
poulain poulie poulpe poupe pourpre poussin poutre pouvoir prairie praline premier prendre presse preuve
primeur prince prisme proche prodige profil profit profond projet prompt propice propos propre prose proue
prudent prunier puceron pudding pull pulpe pulsar puma pupille pupitre puzzle pyjama quai quark quartz
quatre quatuor quiche quinoa quintal quinte quinze rabat rabot raccord racine radar radeau radieux radis
rafale rainure raisin raison rallye rameau rameur rampe ramure rancho rapport rare rasoir ration raton ravin
ravioli ravir rebond rebord recette recoin reflet refrain refuge regard relais relance relief reliure
reluire remake remise remplir remuant renard rendre renfort renom renvoi repas repos reptile respect ressaut
restau reste retable retenir retour revers revue riant riche rideau rieur rigole rigueur rince rire risotto
rivage rive robinet robot robuste rocade rocheux rococo romain romance romarin ronce roncier ronde rondin
rongeur ronron rose roseau rosette rotonde rotor rotule rouage roue rougeur rougir rouille roulade rouleau
roulis routard route routeur routine royal royaume ruade ruban rubis ruelle rugby rugir rugueux rumba rumeur
rural rustine rythme sabayon sablage sable sablon sabot saccade sacoche safari safran saga sage sagesse
sahel saisir saison salade salami salmis salon saloon salsa salve samba samedi samovar sampan sandale
sangria santal saphir sapin sardine sari sarment satin sauce sauge sauteur sauveur savane savant savante
saveur savoir savon saxo scarole sceptre science scierie sciure scoop scooter score scout scribe seconde
secret secteur segment seigle semaine semelle semeur semis semoir semoule sens sente sentir septuor sermon
serpent serrage serveur servir seuil sextant shaker shogun short show sieste signal silence silex sillage
silo simple sirop skate sketch skieur slalom slogan smoking snack sobre social socle soda sofa soin soja
solaire soleil solide soliste somme sonate sonde songe songeur sonique sonneur sonore soprano sorbet sorbier
sortir sosie souche soudain soudeur souffle souhait soupe soupir souple source sourire spatial spatule
speaker sphinx spirale spot spray sprint squale square squash stable stade stage star starter station
stature steak stencil stock store strophe studio style stylo suave subtil sucre suffire suite suivre sujet
sumo superbe support surgir surplus sursaut survol sushi svelte swing syllabe symbole syntaxe table tableau
tactile taillis tajine talus tamarin tambour tamis tanche tandem tangage tango tannage tapioca tapir tarama
tarif tarin tartan tarte tartine tasse tatami tatou taureau taverne taxi teckel tempo tenace tendre teneur
tenir tennis tenue terrain terreau terrine tertre test testeur texte textile texture thermal thorax thuya
tiers tige tigre tilbury tilleul timbale timide timing tipule tireuse tiroir tisane tissage tisseur tissu
titan titane titre toast tocsin toge toile toison tomate tombola tonale tonique tonneau tonus topaze topo
torche torchis torchon tornade torrent torsade tortue total totem toucan toundra toupet toupie tourbe tourne
tournoi tourte trace traceur trajet tram transat travers treille trente tresse trial tribord tribune tricot
trident trieur trille tringle trio triolet triple tripode triton troll trolley trompe trottin troupe trousse
truelle truffe truite tuba tube tuile tulipe tulle tuner tunique tunnel turban turbine tuteur tutu tuyau
tweed twist tympan type typique ultime unanime union unique unisson univers urbain usage usine utile utopie
vacance vacarme vague valable valeur valide valise valse valve vanille vanneau vapeur varan varech vareuse
vasque vaste vecteur vedette veille velours vendeur vendre venir venue verbe verdict verdier verdir verdure
verglas vernir verrou versant version vertu verve vespa veste vestige veston viaduc viande vibrant vibreur
vicomte vigie vigne vigogne vigueur villa village vinyle viole violine violon virage virgule visa visage
viseur visible vision visite vital vitesse vitrage vitrail vitre vitrine vivace vivant vivre vocable vocal
vogue voisin voisine voiture volant volante volatil volcan volige volt voltage voltige volume volute voyage
voyant voyelle vrai vrille vrombir wallaby wapiti watt western wombat yacht yaourt yoga yole yourte yucca
zeste zinnia zone zoom zouave
"""
WORDS: Final = tuple(_TEXT.split())
