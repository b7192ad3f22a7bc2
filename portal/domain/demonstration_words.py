"""Invented names and wrong answers for the demonstration school. Nobody is meant."""

_FIRST = """
Adèle Aïcha Aksel Alba Alexis Aliou Amandine Ambre Anaïs Anh Anouk Antonin Arthur Assia Aurèle Awa Axelle
Ayoub Baptiste Basile Bintou Camélia Capucine Célestin Chloé Clarisse Clément Côme Dalila Damien Diane
Djibril Dounia Edgar Élif Élise Eliott Émeline Émir Enora Esteban Eulalie Fanta Farah Faustine Félix Fiona
Flavien Gabin Gaël Garance Gaspard Giulia Hamza Hanaé Héloïse Hugo Ibrahim Ilona Imane Inaya Isaac Ismaël
Ivan Jade Jasmine Joachim Jonas Joséphine Jules Kaïs Karim Katell Kenza Khadija Kim Kylian Leïla Léonie
Liam Lilas Linh Lise Loïc Lola Louison Lucien Lucas Maëlle Maïwenn Malo Mamadou Manon Marceau Margaux
Marius Mathilde Mattéo Maya Mehdi Mélina Milan Mohamed Moussa Nadia Naïm Naomi Nathan Nawel Nina Noham
Nolwenn Octave Olga Oscar Ousmane Paloma Paul Pénélope Perrine Quentin Rania Raphaël Rayan Rémi Romane
Rosalie Ruben Sacha Salomé Samba Sanaa Selma Siham Simon Sofiane Solal Soline Sonia Suzanne Tao Tess
Théodore Thaïs Tiphaine Titouan Tom Ulysse Valentin Victoire Wassim Yaël Yann Yasmine Yohan Younes Zélie
Zineb
"""

_LAST = """
Abadou Achour Adjovi Agostini Albertin Amrane Andriama Arnoult Aubrac Avenel Azzouz Bachelin Badaoui
Balmès Bankolé Baranski Barthod Baudinet Belkheir Bellanger Benhaddou Bérard Bertholin Bessonnat Biraud
Blandin Boissard Bonvallet Bouazza Boukhris Bourdelin Bréchard Briançon Cabrolier Cadenel Camarat Cardoso
Carlier Castelain Chabrier Chaouche Charmoy Chastaing Cherradi Chevrolat Cissokho Clairvaux Combescure
Cordelle Corvaisier Coulonges Courbet Dacosta Dagorne Daoudi Darmon Debruyne Delaunoy Delcambre Demirci
Derrien Desmaret Diakité Diarra Dieudonat Djebbari Doucouré Dubreuil Dumontel Ekoué Elbaz Erdogan Escoffié
Esteves Fabregat Farges Faucheron Ferreira Fofana Fontenay Fournival Gadiaga Galvani Garnerot Gassama
Gauvrit Ghezali Gicquelin Giordano Gontran Goubert Grandval Guellec Guivarch Hadjadj Hamidou Hautecourt
Hernando Herviaux Houdart Ibarra Iglésias Jacquemont Jaouen Jolivard Kaminski Karaman Kerbrat Khelifi
Koffi Kouyaté Lacombrade Lagrève Lambertin Landouzy Larvor Laurençot Lebrisset Lemarois Lessard Liébart
Lombardo Maalouf Macé Magassa Mahdaoui Malherbet Marchetti Marivaux Mazurier Mbaye Ménager Merzouk
Mestrallet Mokrane Monteiro Morvan Moutarde Nabet Navarrot Ndiaye Nguessan Nivelle Novak Oliveira Ouattara
Oukacha Paquereau Pasquinel Pavlović Pelissard Perrichon Petrescu Phan Pinheiro Poncelet Pradier Quémener
Rabarison Rahmani Ravenel Rebillard Renaudot Ribeiro Rochefer Romagnat Roussillon Sablier Saidani
Salvignac Sangaré Sauvageot Sayegh Séverac Sidibé Soubeyran Szymanski Tahiri Tanguy Tarrade Tavernel
Tessier Thévenard Touati Tournadre Traoré Truong Vaillandet Valadier Vasseurin Verdelhan Vialard Vignaux
Wagnier Weissman Yildiz Zaoui Zerrouki Zimmerlin
"""

FIRST_NAMES = tuple(_FIRST.split())
LAST_NAMES = tuple(_LAST.split())

WRONG_WORDS = (
    "je ne sais pas",
    "internet",
    "le navigateur",
    "un logiciel",
    "le réseau",
    "une application",
    "le bouton bleu",
    "mon téléphone",
    "la souris",
    "en cliquant dessus",
    "oui",
    "un message",
)
