"""Cutting and folding words."""

import pytest

from skills.matching.text import (
    KEY_LENGTH,
    canonical_spelling,
    limited,
    normalise_key,
    stem,
    tokens,
    visible,
    without_version,
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hyper-V", "hyperv"),
        ("hyper_v", "hyperv"),
        ("  SQL   Server ", "sqlserver"),
        ("Veeam Backup & Replication", "veeambackupandreplication"),
        ("Node.js", "node.js"),
        ("help with .NET.", "helpwith.net"),
        ("Café", "cafe"),
        ("O’Brien's", "obriens"),
        ("“Excel”?", "excel"),
        ("ﬁle ﬃ Ｅｘｃｅｌ", "fileffiexcel"),
        ("zero\u200bwidth", "zerowidth"),
        ("null\x00byte", "nullbyte"),
        ("%_<>\"'", ""),
    ],
)
def test_a_key_ignores_how_a_name_is_written(text, key):
    assert normalise_key(text) == key


@pytest.mark.parametrize("written", ["C++", "c ++", "C++.", "“C++”", "Ｃ＋＋", "c++!"])
def test_c_plus_plus_keeps_its_pluses(written):
    assert normalise_key(written) == "c++"


@pytest.mark.parametrize("written", ["C#", "c #", "(C#)", "C♯", "c#,"])
def test_c_sharp_keeps_its_sharp(written):
    assert normalise_key(written) == "c#"


def test_the_three_languages_called_c_have_three_keys():
    assert len({normalise_key(name) for name in ("C", "C++", "C#")}) == 3


def test_a_dot_counts_inside_and_before_a_word_but_not_after_it():
    assert tokens("ASP.NET, .NET and Node.js.") == ["asp.net", ".net", "and", "node.js"]


def test_a_key_is_never_too_long_to_store():
    assert len(normalise_key("ﷺ" * 100)) == KEY_LENGTH


def test_a_number_sign_that_is_no_language_is_dropped():
    assert tokens("ticket#123 #printer") == ["ticket", "123", "printer"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("virtualisation", "virtualization"),
        ("organise", "organize"),
        ("licence", "license"),
        ("centres", "center"),
        ("ms", "microsoft"),
        ("printers", "printer"),
        ("policies", "policy"),
        ("viruses", "virus"),
        ("switches", "switch"),
    ],
)
def test_british_american_and_plural_spellings_fold_together(one, other):
    assert canonical_spelling(one) == canonical_spelling(other)


@pytest.mark.parametrize(
    "word", ["windows", "dns", "saas", "aws", "ios", "access", "virus", "s3"]
)
def test_words_that_only_look_plural_stay_apart_from_their_beginnings(word):
    assert canonical_spelling(word) != word[:-1]


@pytest.mark.parametrize(
    "words",
    [
        ("manage", "managing", "management", "manager"),
        ("deploy", "deployment", "deploying"),
        ("analyse", "analysis", "analytics"),
        ("script", "scripts", "scripting"),
        ("virtualise", "virtualisation"),
    ],
)
def test_words_of_one_family_share_a_stem(words):
    assert len({stem(word) for word in words}) == 1


def test_short_words_and_signs_keep_their_whole_stem():
    assert [stem(word) for word in ("sql", "c++", ".net", "ip")] == [
        *("sql", "c++", ".net", "ip")
    ]


@pytest.mark.parametrize(
    ("word", "bare"),
    [("python3", "python"), ("vb6", "vb"), ("s3", "s3"), ("365", "365"), ("c", "c")],
)
def test_a_version_comes_off_a_word_of_two_letters_or_more(word, bare):
    assert without_version(word) == bare


def test_line_ends_stay_visible_and_other_controls_become_spaces():
    assert visible("a\tb\nc\x07d") == "a b\nc d"


def test_a_long_query_is_cut_between_words_and_says_what_was_left():
    kept, dropped = limited("vmware " * 100)
    assert len(kept) <= 200
    assert set(kept.split()) == {"vmware"}
    assert dropped == ["vmware"] * 12


def test_only_so_many_words_of_a_query_are_read():
    kept, dropped = limited(" ".join(f"w{number}" for number in range(30)))
    assert kept.split()[-1] == "w23"
    assert dropped == ["w24", "w25", "w26", "w27", "w28", "w29"]


def test_markup_is_not_words():
    assert limited("<script>alert(1)</script>")[0].split() == ["alert(1)"]
