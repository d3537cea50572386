"""Surnames of the languages that write the surname first, romanised in lower case, and compound ones in their script.

Chinese: the common surnames in pinyin with frequent Wade-Giles and Cantonese spellings; Korean and Vietnamese: those
that nearly all bearers share. Facts of public registers, typed in by hand.
"""

CHINESE = frozenset(
    """
    ai an ao ba bai ban bao bei bi bian bo bu cai cao cen chai chang chao che chen cheng chi chong chu chuai cong cui
    dai dan dang deng di diao ding dong dou du duan fan fang fei feng fu gai gan gao ge geng gong gou gu guan gui guo
    han hao he heng hong hou hu hua huai huan huang hui huo ji jia jian jiang jiao jie jin jing ju kang ke kong kou
    kuang lai lan lang lao lei leng li lian liang liao lin ling liu long lou lu luan luo lv lyu lü ma mai man mao mei
    meng mi miao min ming mo mou mu na nan ni nie ning niu nong ouyang pan pang pei peng pi piao ping pu qi qian qiang
    qiao qin qiu qu quan que ran rao ren rong ru ruan rui sang sha shan shang shao she shen sheng shi shu shuai shui
    sima situ shangguan si song su sui sun suo tai tan tang tao teng tian tong tu wan wang wei wen weng wo wu xi xia
    xian xiang xiao xie xin xing xiong xu xuan xue xun yan yang yao ye yi yin ying yong you yu yuan yue yun zang zeng
    zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuge zhuo zong zou zu zuo huangfu linghu murong
    xiahou zhangsun dongfang gongsun
    chan chau cheung chin chiu chou chow choy chu chui chung fok fung hsia hsiao hsieh hsu hui hwang ip kao ku kuo kwan
    kwok kwong lam lau lee leung lo lok loo lui mak mok ng poon pun shek shih sit siu szeto tam tang tsai tsang tse
    tseng tso tsoi tsui tu wong woo yeh yeung yip yuen yung
    """.split()
)
KOREAN = frozenset(
    """
    kim lee yi rhee park pak bak choi choe jung jeong chung jang chang cho jo yoon yun lim im han oh seo suh shin sin
    kwon hwang ahn an song yoo yu hong jeon chun jun ko koh go moon mun yang son sohn bae pae baek paik heo hur huh
    nam shim sim noh roh ha kwak gwak sung seong cha joo ju woo ku koo gu min ryu nah na jin chi um eom chae won bang
    byun kong kang hyun ham yeom choo do so seok sun seol ma gil yeon wi pyo myung ki ban ra wang geum ok yook in maeng
    je mo namgung tak guk yeo eun pyeon yong
    """.split()
)
VIETNAMESE = frozenset(
    """
    nguyen nguyễn tran trần le lê pham phạm huynh huỳnh hoang hoàng phan vu vũ vo võ dang đặng bui bùi do đỗ ho
    hồ ngo ngô duong dương ly lý dinh đinh trinh trịnh doan đoàn luong lương mai truong trương cao lam lâm
    """.split()
)
#: Surnames that a tenth or more of a country bears, or nearly: of two possible surnames in one name, the likelier.
COMMON = frozenset(
    """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin luo gao zheng liang xie tang
    kim lee park choi jung nguyen tran pham hoang
    """.split()
)
HAN_COMPOUND = frozenset(
    """
    欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 夏侯 东方 東方 皇甫 尉迟 公孙 公孫 长孙 長孫 慕容 司徒 令狐 宇文 端木 南宫 独孤
    """.split()
)
HANGUL_COMPOUND = frozenset("남궁 황보 제갈 사공 선우 독고 서문 동방".split())
_FINALS = """
b a o ai ei ao an en ang eng i ie iao ian in ing u
p a o ai ei ao ou an en ang eng i ie iao ian in ing u
m a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u
f a o ei ou an en ang eng u
d a e ai ei ao ou an ang eng ong i ie iao iu ian ing u uo ui uan un
t a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un
n a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan ü v üe ue
l a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü v üe ue
g a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
k a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang
h a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
j i ia ie iao iu ian in iang ing iong u ue uan un
q i ia ie iao iu ian in iang ing iong u ue uan un
x i ia ie iao iu ian in iang ing iong u ue uan un
zh a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
ch a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang
sh a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang
r e i ao ou an en ang eng ong u uo ui uan un
z a e i ai ei ao ou an en ang eng ong u uo ui uan un
c a e i ai ao ou an en ang eng ong u uo ui uan un
s a e i ai ao ou an en ang eng ong u uo ui uan un
y a o e ai ao ou an ang i in ing ong u ue uan un
w a o ai ei an en ang eng u
"""
#: Every syllable of Mandarin in pinyin, without tones.
PINYIN = frozenset(
    f"{initial}{final}"
    for initial, *finals in (line.split() for line in _FINALS.split("\n") if line)
    for final in finals
) | frozenset("a ai an ang ao e en er o ou".split())
#: Surnames that are as often given names elsewhere: "Dan Brown", "Kim Johnson".
ALSO_GIVEN = frozenset(
    """
    an ben bo chi dan do don eun ha han ho hu hui jay jia jin jo jun kai kim la lan le lee lei lin long ma mai
    man may mei min ming mo na ning ray ron shan song sun van wan wen xin yan yi ying young
    """.split()
)
