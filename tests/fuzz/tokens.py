"""The pieces that mutations put in: marks of texts, odd numbers, tokens of each syntax."""

from __future__ import annotations

MARKS = (
    *("。", "，", "；", "：", "！", "？", "“", "”", "（", "）", "《", "》", "\n", "\r", "\r\n"),
    *("\n\n", " ", "\t", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x85", "\x0b"),
    *("\x00", "一、", "（一）", "1.", "①", "一是", "二是", "首先", "其次", "一方面", "第一，"),
    *("——", "…", "关于", "建议", "提案", "的", "件", "占", "其中", "年", "月", "日", "万", "亿"),
    *("元", "%", "％", "二〇二五年", "2025年9月18日", "年底前", "三分之二", "十余", "半", "±"),
    *("-", "至", "〇", "廿", "零", "&nbsp;", "&#12288;", "&amp;", "&#99999999;", "<br>", "</p>"),
    *("<!--", "-->", "**", "##", "<<<b>", "- 3 -", "第3页", "首页 > ", "来源：", "联系人："),
    *("此致", "敬礼", "答复如下：", "收悉", "｜", "|", "𠮷", "⼈", "é", "e\u0301", "🙂"),
    *("\u202e", "１２", "⒈", "⑳", "²", "٣", "Ⅷ", "㈠", "㍿", "=1+1", "+1", "@x", "＝", "-3.5"),
    *("\x1b[2J", "[red]", "{{x}}", "%s", "../", "NULL", "1e309"),
)
NUMBERS = (
    *(b"0", b"-1", b"1", b"2", b"255", b"256", b"65536", b"1048577", b"2147483647"),
    *(b"2147483648", b"4294967296", b"9223372036854775808", b"99999999999999999999", b"1e309"),
    *(b"-0", b"0.5", "３".encode(), "²".encode(), b"1_0", b"0x10", b"nan", b"", b"+5", b" 7 "),
)
TABLE_TOKENS = (
    *(b",", b'"', b'""', b";", b"|", b"\t", b"\r", b"\n", b"sep=;\r\n", b'sep="\r\n', b"="),
)
JSON_TOKENS = (
    *(b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"null", b"NaN", b"Infinity", b"true"),
    *(b"{}", b'"\\ud800"', b'"\\u0000"', b'"title":', b'"reply":', b'"":', b"1e999", b"-", b"\n"),
    *(b"[[[[",),
)
XML_TOKENS = (
    *(b"<", b">", b"/>", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&lt;", b"&#0;", b"&x;"),
    *(b'"', b' r="A1048576"', b' r="XFD1"', b' t="s"', b' t="inlineStr"', b' s="99"'),
    *(b"<f>1+1</f>", b' ss:Index="-5"', b' ss:Index="x"', b' ss:MergeDown="99999"'),
    *(b' ss:MergeAcross="1e9"', b"<Row>", b"</Row>", b"<Cell>", b"<Data>", b"<v></v>", b"<row>"),
    *(b'<c r="B2">', b"<is><t>x</t></is>", b"<w:tbl>", b"<w:tr>", b"<w:tc>", b"<w:p>"),
    *(b"<w:t>x</w:t>", b'<w:gridSpan w:val="99999"/>', b"<w:sdt><w:sdtContent>"),
    *(b"<w:txbxContent>", b"<w:ins>", b"<w:del>", b"<w:vMerge/>", b"<w:br/>"),
    *(b'<?xml version="1.0" encoding="utf-16"?>', b'<!DOCTYPE x [<!ENTITY x "y">]>'),
    *(b"xmlns:w='u'",),
)
HTML_TOKENS = (
    *(b"<table>", b"</table>", b"<tr>", b"<td>", b"<th>", b"</td>", b"<td rowspan=99999>"),
    *(b"<p>", b"<br>", b"<td colspan='1000'>", b"<script>", b"</script>", b"<!--", b"<svg>"),
    *(b"<title>", b"<form>", b"<nav>", b"<meta charset=idna>", b"<meta charset=utf-7>"),
    *(b"<meta charset=punycode>", b"<meta charset=hz>", b"<meta charset=undefined>"),
    *(b"<meta charset=utf-16>", b"<meta charset=rot13>", b"&#xD800;", b"&#0;"),
    *(b"<meta charset=unicode_escape>", b"<meta charset=raw_unicode_escape>"),
    *(b"<meta charset=mbcs>", b"<template>", b"<select>", b"<body>", b"</html>", b"<?xml ?>"),
    *(b"<div>", b"\x00", b"\x80"),
)
PDF_TOKENS = (
    *(b"obj", b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"startxref", b"<<"),
    *(b">>", b"[", b"/Kids", b"/Count -1", b"/Count 99999999", b"/Length 0", b"/Parent 1 0 R"),
    *(b"1 0 R", b"9 0 R", b"/Filter /FlateDecode", b"/Encrypt 1 0 R", b"Tj", b"BT", b"ET", b"Tf"),
    *(b"Do", b"q", b"Q", b"%PDF-"),
)
YAML_TOKENS = (
    *("- ", ": ", "：", "\t", "  ", "\n", "#", "'", '"', "|", ">", "&a ", "*a", "<<: ", "!!int "),
    *("---\n", "[", "]", "{", "}", ",", "? ", "%YAML 9.9\n", "units:\n", "functions: ["),
    *("name: ", "key: ", "~", "level: 县\n", "place: ''\n", "fold: water\n", "duties:\n"),
    *("topics: [x]\n", "\x00", "\ufeff", "...", "letters: {solved: [甲]}\n"),
    *("phrases: {solved: [已…解决]}\n", "base: general\n", "…", "（", "("),
)
