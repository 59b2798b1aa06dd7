"""Write src/sisterline/text/variants.txt: `python tools/variants.py UNIDATA LATIN_ASCII_XML`.

UNIDATA is a folder with Unihan_Variants.txt, Unihan_OtherMappings.txt, DerivedCoreProperties.txt and
EquivalentUnifiedIdeograph.txt of the Unicode Character Database, each of them plain or as .bz2 (Debian's
package unicode-data has them in /usr/share/unicode); LATIN_ASCII_XML is Latin-ASCII.xml of CLDR's folder
common/transforms (Debian's package unicode-cldr-core). CLDR's version may follow; it is 41 otherwise.

Two characters are in one group where Unihan calls one the traditional, simplified or z-variant form of the
other or the form that the lists of jōyō and jinmeiyō kanji replace, or where they stand in one word of the
lists below. Unihan's semantic variants are left out, for names tell some of them apart: 崎 and 埼 are such.
"""

import bz2
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "sisterline" / "text" / "variants.txt"

# Jōyō kanji with the forms that they replaced: 常用漢字表 (Cabinet notification 2 of 2010), the forms in
# parentheses. Those that are compatibility ideographs are left to NFKD.
JOYO = """
亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 飲飮 隠隱 栄榮 営營 鋭銳 衛衞 駅驛 悦悅 閲閱 円圓 塩鹽 縁緣 艶艷 応應
欧歐 殴毆 桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學 岳嶽 楽樂
渇渴 缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 顔顏 気氣 帰歸 亀龜 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽
挟挾 狭狹 教敎 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 茎莖 恵惠 掲揭 渓溪 経經 蛍螢 軽輕 継繼 鶏鷄 芸藝 撃擊
欠缺 研硏 県縣 倹儉 剣劍 険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 戸戶 呉吳 娯娛 広廣 効效 恒恆 黄黃 鉱鑛
号號 告吿 国國 黒黑 砕碎 済濟 斎齋 歳歲 剤劑 雑雜 参參 桟棧 蚕蠶 惨慘 産產 賛贊 残殘 糸絲 歯齒 児兒 辞辭
湿濕 実實 写寫 舎舍 釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍 尚尙 将將 称稱 渉涉 焼燒 証證
奨奬 条條 状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉
穂穗 随隨 髄髓 枢樞 数數 瀬瀨 声聲 青靑 斉齊 清淸 静靜 税稅 窃竊 摂攝 説說 絶絕 専專 浅淺 戦戰 践踐 銭錢
潜潛 繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 曽曾 痩瘦 装裝 総總 騒騷 増增 蔵藏 臓臟 即卽 属屬 続續
堕墮 対對 体體 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 脱脫 担擔 単單 胆膽 団團 断斷 弾彈 遅遲 痴癡 虫蟲 昼晝 鋳鑄
庁廳 徴徵 聴聽 勅敕 鎮鎭 逓遞 鉄鐵 点點 転轉 伝傳 灯燈 当當 党黨 盗盜 稲稻 闘鬭 徳德 独獨 読讀 届屆 内內
弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 晩晚 蛮蠻 秘祕 浜濱 瓶甁 払拂 仏佛 併倂 並竝 餅餠
辺邊 変變 歩步 舗舖 宝寶 豊豐 褒襃 没沒 翻飜 毎每 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽
揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 竜龍 両兩 猟獵 緑綠 涙淚 塁壘 礼禮 励勵 戻戾 霊靈 隷隸 齢齡 暦曆 歴歷
恋戀 錬鍊 炉爐 労勞 郎郞 楼樓 篭籠 録錄 湾灣 弁辨瓣辯
"""
# Forms of JIS X 0208 and of 人名用漢字 beside the printed standard (表外漢字字体表, 2000, and practice).
EXTENDED = """
尭堯 巌巖 掴摑 彦彥 桧檜 槙槇 瑶瑤 祢禰 祷禱 禄祿 穣穰 箪簞 聡聰 遥遙 唖啞 嘘噓 頴穎 鴎鷗 躯軀 鴬鶯 撹攪
麹麴 鹸鹼 噛嚙 繍繡 蒋蔣 醤醬 掻搔 屏屛 并幷 沪濾 芦蘆 蝋蠟 弯彎 焔焰 砿礦 讃讚 顛顚 巔巓 醗醱 溌潑 輌輛
繋繫 涜瀆 侭儘 薮藪 蝿蠅 媯嬀 騨驒 壷壺 頚頸 諌諫 靭靱 鯵鰺 桝枡 蛎蠣 莱萊 砺礪 竪豎 祇祗 麸麩 鉤鈎 槍鎗
楡榆 蕊蘂蕋 倶俱 屡屢 填塡 頬頰 剥剝 叱𠮟
挙擧舉举 姫姬 氷冰 曁暨 皋皐 稜棱 粧妝 舗鋪 唇脣 厠廁厕 呪咒 姉姊 溼湿 查査 痺痹 茘荔 鼈鱉 畵畫
欅櫸榉 鉢钵缽 篠筿 垻坝壩 嵗岁歲 囌苏 豔艳 貍狸 週周 遊游 筦管 箇个個 悽淒凄 汎泛 擡抬 兇凶
鳬凫鳧 鵰雕彫 臥卧 脩修 鑪炉爐 鍼針 龢和 埀垂 釡釜 鴈鳫雁 叡睿 册冊 冱冴 凾函 刄刃 夲本 峨峩
嵯嵳 帋紙 廸迪 抛拋 暎映 曵曳 桿杆 棊棋 楕橢 槃盤 遡溯泝 炯烱 燻熏 燿耀 牋箋 甎磚 畊耕 畆畝
疂畳 皷鼓 盖葢蓋 砧碪 稚穉 窗窓 窯窰 競竸 羮羹 聨聯 苺莓 萼蕚 蒂蔕 薯藷 襍雑 睹覩 疎疏 走赱
遁遯 閇閉 韭韮 鵄鴟 鵝鵞 鼡鼠
"""
# Characters of the names of Japanese places and people that family registers, maps and their owners write in
# several ways.
NAMES = """
之の 崎﨑嵜碕㟢 高髙 辺邉邊 竈竃釜 島嶋嶌㠀 館舘 峰峯 富冨 桑桒 吉𠮷 土圡 柳栁 橋槗𣘺 松枩
淵渕渊 涌湧 柏栢
舟舩船 沖冲 群羣 略畧 礒磯 溪谿渓 鶴靏靍 兎兔 秋穐龝 村邨 昇曻 喜㐂 嶺岺 野埜 浜濵濱 蓑簑 薮籔藪 国圀 奇竒
協恊 櫟檪 達逹 鉄銕鐡 雞鷄鶏 駆駈 闘鬪鬥 体躰軆 蘇蘓 藁藳 艸草 糾糺 旗籏 留畄㽞 嘗甞 珍珎 熙煕熈 毘毗
柿柹 栃杤 厩廐廏 宝寳寶 剣剱劔釼劒 京亰 凖準 亘亙 凛凜 晃晄 晋晉 萌萠 斎斋齋 斉齐齊 隣鄰 裏裡里 嶽岳 巌岩巖
庄荘莊 曽曾 徳悳德 恵惠 渋澁澀 濶闊 瀧滝 穣穰 稲稻 籠篭 繁緐 翠翆 聟婿壻 菴庵 萬万 蛍螢 蝉蟬 豊豐 邇迩 鎌鐮
関關 飯飰 鴎鷗 寿壽夀 尭堯 桜櫻 櫂棹
"""
# Forms of Chinese characters that the first list of processed variants (第一批异体字整理表, 1955) and the
# standard forms of Taiwan and Hong Kong choose between.
CHINESE = """
峰峯 裏裡 眾衆众 群羣 啟啓启 線綫线 鉤鈎钩 牆墻墙 床牀 污汙汚 敘敍叙 羨羡 兗兖 潁颍 巨鉅 巖岩 嶴岙
鹼碱堿硷 跡迹蹟 崑昆 崙侖仑 滙匯汇 灶竈 衛衞卫 麵麪面 鄉鄕乡 脫脱 產産产 温溫 晉晋 閩闽 閻阎 鹽塩盐 彞彝
幷併並竝并 菸煙烟 恆恒 坂阪 棲栖 濬浚 嵐岚 甯寧宁 囯国 涼凉 淩凌 决決 况況 减減 凑湊 净淨 峽峡 崗岗 嶺岭
綿緜绵 繡綉绣 鏽銹锈 鑒鑑鉴 彊強强 瑯琅 蓮莲 葦苇 薊蓟 豬猪
"""

HEADER = """\
# Characters that names are compared by: one group per line, its first character stands for all of it.
# Made by tools/variants.py; do not edit. Sources:
#   letters: Unicode CLDR {cldr}, common/transforms/Latin-ASCII.xml
#   ignored: Default_Ignorable_Code_Point of the Unicode Character Database {ucd} (UAX #44)
#   kanji: kTraditionalVariant, kSimplifiedVariant, kZVariant, kJoyoKanji and kJinmeiyoKanji of Unihan {ucd}
#     (UAX #38), Equivalent_Unified_Ideograph, and the lists of jōyō kanji and of names in tools/variants.py
# Changed from the originals: selected, merged into groups, written in this form.
#
# UNICODE LICENSE V3
# COPYRIGHT AND PERMISSION NOTICE
# Copyright © 1991-2022 Unicode, Inc.
#
# Permission is hereby granted, free of charge, to any person obtaining a copy of data files and any
# associated documentation (the "Data Files") or software and any associated documentation (the
# "Software") to deal in the Data Files or Software without restriction, including without limitation the
# rights to use, copy, modify, merge, publish, distribute, and/or sell copies of the Data Files or
# Software, and to permit persons to whom the Data Files or Software are furnished to do so, provided that
# either (a) this copyright and permission notice appear with all copies of the Data Files or Software, or
# (b) this copyright and permission notice appear in associated Documentation.
#
# THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED,
# INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
# NONINFRINGEMENT OF THIRD PARTY RIGHTS. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR HOLDERS INCLUDED IN
# THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR CONSEQUENTIAL DAMAGES, OR ANY DAMAGES
# WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR
# OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES OR
# SOFTWARE.
#
# Except as contained in this notice, the name of a copyright holder shall not be used in advertising or
# otherwise to promote the sale, use or other dealings in these Data Files or Software without prior
# written authorization of the copyright holder.
"""


def main() -> None:
    """Write the table from the folder and the file that the command line names."""
    folder, transforms = map(Path, sys.argv[1:3])
    version = re.search(r"-(\d+\.\d+)\.\d+\.txt", read(folder, "DerivedCoreProperties.txt"))
    cldr = sys.argv[3] if len(sys.argv) > 3 else "41"
    header = HEADER.format(ucd=version[1] if version else "", cldr=cldr)
    parts = [
        header,
        "[letters]\n",
        *(f"{letter} {latin}\n" for letter, latin in letters(transforms.read_text(encoding="utf-8"))),
        "[ignored]\n",
        *(f"{first:04X} {last:04X}\n" for first, last in ignored(read(folder, "DerivedCoreProperties.txt"))),
        "[kanji]\n",
        *(f"{group}\n" for group in groups(folder)),
    ]
    OUT.write_text("".join(parts), encoding="utf-8")


def read(folder: Path, name: str) -> str:
    """A file of the Unicode Character Database, plain or compressed."""
    plain = folder / name
    if plain.exists():
        return plain.read_text(encoding="utf-8")
    return bz2.decompress((folder / f"{name}.bz2").read_bytes()).decode("utf-8")


def letters(xml: str) -> Iterator[tuple[str, str]]:
    """Letters that decomposition and case folding leave beyond ASCII, with what CLDR writes instead."""
    for letter, latin in re.findall(r"^(\S) → ([A-Za-z]+) ;", xml, re.MULTILINE):
        folded = unicodedata.normalize("NFKD", letter).casefold()
        if folded == letter and not folded.isascii():
            yield letter, latin.lower()


def ignored(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of code points that are default ignorable, joined where they meet."""
    pattern = r"^([0-9A-F]+)(?:\.\.([0-9A-F]+))? +; Default_Ignorable_Code_Point"
    ranges = sorted((int(a, 16), int(b or a, 16)) for a, b in re.findall(pattern, text, re.MULTILINE))
    first, last = ranges[0]
    for start, end in ranges[1:]:
        if start > last + 1:
            yield first, last
            first = start
        last = end
    yield first, last


def groups(folder: Path) -> list[str]:
    """Groups of kanji that are one in a name, each in the order of code points."""
    parent: dict[str, str] = {}

    def root(char: str) -> str:
        while parent.setdefault(char, char) != char:
            char = parent[char]
        return char

    for chars in (*listed(), *unihan(folder), *radicals(read(folder, "EquivalentUnifiedIdeograph.txt"))):
        members = tuple(unicodedata.normalize("NFKD", chars))
        for other in members[1:]:
            parent[root(other)] = root(members[0])
    found: dict[str, list[str]] = {}
    for char in sorted(parent):
        found.setdefault(root(char), []).append(char)
    return sorted("".join(group) for group in found.values() if len(group) > 1)


def listed() -> Iterable[str]:
    """The words of the lists above."""
    return f"{JOYO}{EXTENDED}{NAMES}{CHINESE}".split()


def unihan(folder: Path) -> Iterator[str]:
    """Pairs of variants by Unihan, of characters that national standards hold: rarer ones name no place."""
    mappings = read(folder, "Unihan_OtherMappings.txt")
    fields = r"kGB0|kGB1|kTGH|kBigFive|kJis0|kJis1|kJIS0213"
    standard = {
        chr(int(code, 16)) for code in re.findall(rf"^U\+(\w+)\t(?:{fields})\t", mappings, re.MULTILINE)
    }
    replaced = r"^U\+(\w+)\tk(?:Joyo|Jinmeiyo)Kanji\t(?:\d+:)?U\+(\w+)$"
    related = r"^U\+(\w+)\tk(?:Traditional|Simplified|Z)Variant\t(.+)$"
    for code, other in re.findall(replaced, mappings, re.MULTILINE):
        yield chr(int(code, 16)) + chr(int(other, 16))
    for code, others in re.findall(related, read(folder, "Unihan_Variants.txt"), re.MULTILINE):
        for other in re.findall(r"U\+(\w+)", others):
            pair = chr(int(code, 16)) + chr(int(other, 16))
            if pair[0] != pair[1] and standard.issuperset(pair):
                yield pair


def radicals(text: str) -> Iterator[str]:
    """Radicals, which copied text has in the place of kanji, with the kanji that they look like."""
    for first, last, kanji in re.findall(r"^(2[EF]\w\w)(?:\.\.(\w+))? +; (\w+)", text, re.MULTILINE):
        for code in range(int(first, 16), int(last or first, 16) + 1):
            yield chr(code) + chr(int(kanji, 16))


if __name__ == "__main__":
    main()
