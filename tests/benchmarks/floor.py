"""The least a database must do for the search page and its CSV, written by hand.

Nothing here is the product's: each statement is our own second answer to the same
question, so that the page is compared with it and checked against it.
"""

import re

# Skills asked for by number: what each person holds of them.
SKILLS = """
one AS (
    SELECT h.staff_id, bit_or(1::bigint << a.term) FILTER (WHERE h.level >= {level})
            AS terms,
        max(a.weight) FILTER (WHERE h.level >= {level}) AS weight,
        {rank}(h.level) FILTER (WHERE h.level >= {level}) AS level,
        coalesce(bool_or(h.confirmed_at >= %(recent)s)
            FILTER (WHERE h.level >= {level}), FALSE) AS is_recent,
        max(h.last_used_on) FILTER (WHERE h.level >= {level}) AS last_used_on,
        max(h.level) AS highest,
        bool_or(h.can_teach) FILTER (WHERE h.level >= {level}) AS teaches,
        coalesce(bool_or(h.confirmed_at >= %(recent)s)
            FILTER (WHERE h.level >= {level}), FALSE) AS confirmed
    FROM (VALUES {asked}) a(skill_id, term, weight)
    JOIN skills_skillheld h USING (skill_id) GROUP BY h.staff_id
), kinds AS (
    SELECT DISTINCT h.staff_id, k.category_id FROM skills_skillheld h
    JOIN skills_skill k ON k.id = h.skill_id
    WHERE h.skill_id IN ({ids}) AND h.level >= {level}
)"""

# Words of a name or a post: who has them, then all that those people hold.
WORDS = """
hit AS (
    SELECT s.id, w.n, word_similarity(w.word, s.search_key) AS weight, s.confirmed_at
    FROM (VALUES {asked}) w(n, word, anywhere, start)
    JOIN partners_staffmember s ON s.search_key %%>> w.word
        OR (s.search_key LIKE w.anywhere AND s.search_key ~ w.start)
), person_hit AS MATERIALIZED (
    SELECT id AS staff_id, bit_or(1::bigint << n) AS terms, count(*) AS words,
        max(weight) AS weight,
        coalesce(bool_or(confirmed_at >= %(recent)s), FALSE) AS confirmed
    FROM hit GROUP BY id
), one AS (
    SELECT p.staff_id, p.terms, p.weight, h.level, p.confirmed AS is_recent,
        h.last_used_on, h.highest, h.teaches, p.confirmed
    FROM person_hit p, LATERAL (
        SELECT {rank}(level) * {times} AS level, max(last_used_on) AS last_used_on,
            max(level) AS highest, bool_or(can_teach) AS teaches
        FROM skills_skillheld WHERE staff_id = p.staff_id
    ) h
), kinds AS (
    SELECT DISTINCT h.staff_id, k.category_id FROM skills_skillheld h
    JOIN person_hit USING (staff_id) JOIN skills_skill k ON k.id = h.skill_id
)"""

ANSWER = """
WITH {source}, met AS MATERIALIZED (
    SELECT one.*, s.partner_id, s.name_key, s.is_willing_to_help AS willing,
        w.staff_id IS NOT NULL AND a.staff_id IS NULL AND c.id IS NULL AS today,
        coalesce(w.starts_at <= %(hour)s AND w.ends_at > %(hour)s, FALSE)
            AND a.staff_id IS NULL AND c.id IS NULL AS now
    FROM one JOIN partners_staffmember s ON s.id = one.staff_id
    JOIN partners_partner p ON p.id = s.partner_id
    LEFT JOIN partners_workingday w ON w.staff_id = s.id AND w.weekday = %(weekday)s
    LEFT JOIN partners_absence a ON a.staff_id = s.id AND a.begins_on <= %(day)s
        AND coalesce(a.ends_on, %(day)s) >= %(day)s
    LEFT JOIN LATERAL (
        SELECT id FROM partners_bankholiday b WHERE b."on" = %(day)s
        AND coalesce(b.partner_id, s.partner_id) = s.partner_id LIMIT 1
    ) c ON TRUE
    WHERE coalesce(s.left_on > %(day)s, TRUE) AND coalesce(p.left_on > %(day)s, TRUE)
), page AS (
    SELECT staff_id, terms FROM met WHERE terms IS NOT NULL
    ORDER BY bit_count(terms::bit(64)) DESC, partner_id = %(own)s, weight DESC,
        level DESC NULLS LAST, is_recent DESC, willing DESC, now DESC,
        last_used_on DESC NULLS LAST, name_key, staff_id LIMIT 25
), tally AS (
    SELECT count(*) FILTER (WHERE terms IS NOT NULL) AS total,
        array[count(*) FILTER (WHERE highest >= 1),
        count(*) FILTER (WHERE highest >= 2), count(*) FILTER (WHERE highest >= 3),
        count(*) FILTER (WHERE highest >= 4),
        count(*) FILTER (WHERE teaches), count(*) FILTER (WHERE confirmed),
        count(*) FILTER (WHERE terms IS NOT NULL AND today),
        count(*) FILTER (WHERE terms IS NOT NULL AND willing)] AS choices
    FROM met
)
SELECT 'row' AS what, staff_id::text AS key, terms AS n FROM page
UNION ALL SELECT 'total', '', total FROM tally
UNION ALL SELECT 'choices', u.name, u.n FROM tally, unnest(
    '{{1,2,3,4,teach,confirmed,today,willing}}'::text[], choices) u(name, n)
UNION ALL SELECT 'partner', partner_id::text, count(*) FROM met
    WHERE terms IS NOT NULL GROUP BY partner_id
UNION ALL SELECT 'category', category_id::text, count(*) FROM kinds
    JOIN met USING (staff_id) GROUP BY category_id
"""

# What a row of the page says, for the people of one page.
SAID = """
SELECT s.id, s.name, s.post, s.telephone, s.work_email, p.short_name, p.slug,
    (SELECT json_agg(json_build_array(k.name, h.level, h.can_teach, h.confirmed_at))
     FROM skills_skillheld h JOIN skills_skill k ON k.id = h.skill_id
     WHERE h.staff_id = s.id AND (h.skill_id = ANY(%(skills)s) OR %(skills)s = '{}'))
FROM partners_staffmember s JOIN partners_partner p ON p.id = s.partner_id
WHERE s.id = ANY(%(ids)s)
"""

CSV = """
COPY (
    SELECT p.name, s.name, s.post, k.name, CASE h.level WHEN 1 THEN 'Awareness'
            WHEN 2 THEN 'Working' WHEN 3 THEN 'Practitioner' WHEN 4 THEN 'Expert' END,
        (h.confirmed_at AT TIME ZONE 'Europe/London')::date,
        CASE WHEN w.staff_id IS NULL OR a.staff_id IS NOT NULL THEN 'no' ELSE 'yes' END,
        coalesce(nullif(s.telephone, ''), s.mobile), s.work_email
    FROM partners_staffmember s JOIN partners_partner p ON p.id = s.partner_id
    LEFT JOIN skills_skillheld h ON h.staff_id = s.id
    LEFT JOIN skills_skill k ON k.id = h.skill_id
    LEFT JOIN partners_workingday w ON w.staff_id = s.id
        AND w.weekday = extract(isodow FROM now() AT TIME ZONE 'Europe/London')
    LEFT JOIN partners_absence a ON a.staff_id = s.id AND a.begins_on <= now()::date
        AND coalesce(a.ends_on, now()::date) >= now()::date
    WHERE coalesce(s.left_on > now()::date, TRUE)
        AND coalesce(p.left_on > now()::date, TRUE)
    ORDER BY s.name_key, s.id, h.level DESC, k.name
) TO STDOUT WITH CSV
"""


def skills_asked(asked: list[tuple[int, int, float]], level: int) -> str:
    """The statement for (skill id, term, weight) rows at a level or above."""
    many = len({term for _, term, _ in asked}) > 1
    source = SKILLS.format(
        level=level,
        rank="sum" if many else "max",
        asked=", ".join(f"({s}::bigint, {t}, {w!r}::float8)" for s, t, w in asked),
        ids=", ".join(str(skill) for skill, _, _ in asked),
    )
    return ANSWER.format(source=source)


def words_asked(words: list[str]) -> tuple[str, dict[str, str]]:
    """The statement for words of a name, which are plain letters; its parameters."""
    marks = "(%(n{0})s, %(w{0})s, %(a{0})s, %(s{0})s)"
    parameters = {}
    for n, word in enumerate(words):
        parameters |= {f"n{n}": n, f"w{n}": word, f"a{n}": f"%{word}%"}
        parameters[f"s{n}"] = r"\m" + re.escape(word)
    source = WORDS.format(
        asked=", ".join(marks.format(n) for n in range(len(words))),
        rank="sum" if len(words) > 1 else "max",
        times="p.words" if len(words) > 1 else "1",
    )
    return ANSWER.format(source=source), parameters
