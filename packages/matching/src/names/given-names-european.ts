/** European given names, one a line, as one person bears them in several languages and at home. By hand from common knowledge. */
export const EUROPEAN_GIVEN_NAMES = `
john johannes jean juan ivan giovanni johann joao jan ioan ioannes jon yann johnny jack hans sean ian ivo jovan
joseph jose josef giuseppe jozef joe joey josip iosif pepe
james jaime jacques giacomo jim jimmy diego iago jacobus santiago jakob jacob jamie
william guillermo guillaume wilhelm willem guglielmo bill will billy guilherme liam gulielmus
robert roberto rob bob bobby rupert robertus
richard ricardo riccardo rick dick ricardus
charles carlos carlo karl carl carolus charlie karel
peter pedro pierre pietro petr pyotr piotr petrus pieter petar pete petro
paul pablo paolo pavel paulus pavlo paulo pal
michael miguel michel michele mikhail mykhailo michal mike mick mihail mihai mikael mihailo
george jorge georges giorgio georg georgy yuri georgius georgi jiri jerzy gheorghe heorhii
francis francisco francois francesco franz frank pancho franciscus frans ferenc
stephen stefan steven etienne esteban stefano stephan stephanus steve stepan istvan stephane szczepan
nicholas nicolas nicola nikolai nikolay nick nicolaus niklas mykola nikola nikolaos
alexander alejandro alexandre alessandro aleksandr oleksandr sasha alex alec sander aleksandar sandro iskander iskandar
andrew andres andre andrea andrei andrey andreas andrii andy andrzej andriy anders
anthony antonio antoine antoni anton tony antonius antal
thomas tomas tommaso tom tommy tomasz thoma
henry enrique henri enrico heinrich henrik henricus harry heinz
edward eduardo edouard edoardo eduard ted ed eddie edvard
philip felipe philippe filippo filip phil philippus
matthew mateo matthieu matteo matthias matt matej
mark marco marc marcus marcos marek marko
luke lucas luca luc lukas
daniel daniele danilo dan danny daniil
david davide davyd dave dawid
donald don donnie
benjamin ben benny bibi binyamin
samuel sam samuele
frederick federico frederic friedrich fred fredy fredericus freddy frederik
christopher cristobal christophe christoph chris kristof christophorus krzysztof
joachim joaquin gioacchino
gerald geraldo gerard gerry jerry geraldus gerhard gerardo
bernard bernardus bernardo bernhard bernie bernardus
ludwig luis louis luigi luiz lodewijk ludovicus lajos
lawrence lorenzo laurent lorenz larry lars laurentius
leonard leonardo leon lenny
eugene eugenio evgeny yevgeny evgeniy yevgeni yauhen ievgen evgeni eugeniusz
sergey sergei serge sergio serhii sergiy siarhei sergej sergejs sergiu
vladimir volodymyr vladymyr uladzimir wladimir volodya
dmitry dmitri dmytro dimitri dmitriy dzmitry dima dimitar
vasily vasyl basil vasiliy vasilii basilio vassily
yaroslav jaroslav
igor ihor
oleg oleh aleh
gregory gregorius gregorio gregoire grigory grigoriy hryhoriy greg gregor grzegorz
konstantin constantine kostyantyn constantin
maxim maksim maxime massimo maksym
victor viktor vittorio viktar
theodore teodoro theodor fyodor fedor ted teddy
timothy tim timothee timofey
kenneth ken kenny
gabriel gabriele gavril
raphael rafael raffaele
mary maria marie miriam marija
elizabeth isabel elisabeth elisabetta isabelle liz betty yelizaveta elizaveta beth
catherine catalina katherine katharina caterina ekaterina yekaterina kateryna kate katerina cathy
anna ana anne ann hanna hannah
helen elena helene olena yelena alena helena
margaret margarita marguerite margherita maggie peggy
julia yulia julie giulia yuliya iulia
natalia natalya nathalie natallia nataliya natasha
tatiana tatyana tetiana
irina iryna irene
olga olha volha helga
jane juana jeanne giovanna joan johanna joanna
angela angele
angelo angel
patrick patricio patrice patrizio patricius pat paddy
ulrich ulric huldericus ulrik
dietrich theodoricus thierry derek dirk
geoffrey godfrey gottfried jeffrey jeff geoff
martin martino martinus marten
vincent vicente vincenzo vincentius
augustine agustin agostino augustin
albert alberto adalbert bert albertus
ernest ernesto ernst
emmanuel manuel emanuel emanuele manolo
raymond ramon raimundo raimondo ray
roger rogelio ruggero rogerius
louise luisa luise ludovica
genevieve genoveva genovefa jenny
nicole nicola nicky
caroline carolina karolina carol
christine cristina christina kristina cairistiona
teresa therese theresa tereza
victoria viktoria vittoria viktoriya
rose rosa rosie rosaleen
geraldine geraldina gerry
susan susana suzanne susanna sue
deborah debora debbie
rebecca rebeca becky
leopold leopoldo
oscar oskar
arthur arturo artur arturs
hugo hugh ugo hugues
conrad konrad
dominic domingo dominique domenico dominik
ignatius ignacio ignace
jerome jeronimo hieronymus geronimo
julian julien giuliano
marian mariano
maurice mauricio maurizio moritz
oliver olivier oliviero
simon simeon shimon
ronald ronaldo ron ronnie
walter gualterio walt
`;
