"""The text of the directory's statement, in the pieces it is put together from.

One row per person and skill (or word) that answers, then one row per person with
what each filter would leave of them: so one pass gives the page and every count.
"""

PERSON_COLUMNS = ("pk", "partner_id", "name_key", "is_willing_to_help")

FROM_SKILLS = """
    SELECT h.staff_id, w.term, w.weight, h.level, h.can_teach,
           k.category_id, h.confirmed_at, h.last_used_on
    FROM unnest(%s::bigint[], %s::int[], %s::float8[]) w(skill_id, term, weight)
    JOIN skills_skillheld h ON h.skill_id = w.skill_id
    JOIN skills_skill k ON k.id = h.skill_id
"""

# A word begins a name or a post, or is spelt nearly like one, which counts less.
_WORDS = """
    FROM unnest(%s::text[], %s::text[], %s::text[])
        WITH ORDINALITY w(word, anywhere, at_start, n)
    JOIN partners_staffmember s
        ON s.search_key %%>> w.word
        OR (s.search_key LIKE w.anywhere AND s.search_key ~ w.at_start)
"""

OR_WORDS = f"""
    UNION ALL
    SELECT s.id, %s + w.n::int - 1, word_similarity(w.word, s.search_key),
           NULL, FALSE, NULL, NULL, NULL
    {_WORDS}
"""

# “Infrastructure engineer” is a post as well as near a skill's name.
OR_POST = """
    UNION ALL
    SELECT s.id, t.n, %s::float8, NULL, FALSE, NULL, NULL, NULL
    FROM generate_series(0, %s) t(n)
    JOIN partners_staffmember s ON s.search_key LIKE %s
"""

FROM_WORDS = f"""
    SELECT s.id AS staff_id, w.n::int - 1 AS term,
           word_similarity(w.word, s.search_key) AS weight,
           h.level, h.can_teach, k.category_id, s.confirmed_at, h.last_used_on
    {_WORDS}
    LEFT JOIN skills_skillheld h ON h.staff_id = s.id
    LEFT JOIN skills_skill k ON k.id = h.skill_id
"""

FROM_EVERYBODY = """
    SELECT s.id AS staff_id, 0 AS term, 1::float8 AS weight,
           h.level, h.can_teach, k.category_id, s.confirmed_at, h.last_used_on
    FROM partners_staffmember s
    LEFT JOIN skills_skillheld h ON h.staff_id = s.id
    LEFT JOIN skills_skill k ON k.id = h.skill_id
"""

MATCHED = """
WITH asked AS (
    SELECT %s::int AS level, %s::bigint[] AS categories, %s AS teach,
           %s AS confirmed, %s::timestamptz AS recent, %s AS today, %s AS willing
), answer AS (
    {source}
), flagged AS (
    SELECT a.*, coalesce(a.confirmed_at >= asked.recent, FALSE) AS is_recent,
        asked.level IS NULL OR coalesce(a.level >= asked.level, FALSE) AS r_level,
        NOT asked.teach OR coalesce(a.can_teach, FALSE) AS r_teach,
        NOT asked.confirmed
            OR coalesce(a.confirmed_at >= asked.recent, FALSE) AS r_recent,
        asked.categories IS NULL
            OR coalesce(a.category_id = ANY(asked.categories), FALSE) AS r_kind
    FROM answer a, asked
), judged AS (
    SELECT *, r_level AND r_teach AND r_recent AND r_kind AS answers FROM flagged
), tally AS (
    SELECT staff_id,
        bit_or(1::bigint << term) FILTER (WHERE answers) AS terms,
        max(weight) FILTER (WHERE answers) AS weight,
        {level_rank}(level) FILTER (WHERE answers) AS level,
        bool_or(is_recent) FILTER (WHERE answers) AS is_recent,
        max(last_used_on) FILTER (WHERE answers) AS last_used_on,
        max(level) FILTER (WHERE r_teach AND r_recent AND r_kind) AS any_level,
        bool_or(can_teach) FILTER (WHERE r_level AND r_recent AND r_kind) AS any_teach,
        bool_or(is_recent) FILTER (WHERE r_level AND r_teach AND r_kind) AS any_recent,
        array_agg(DISTINCT category_id)
            FILTER (WHERE r_level AND r_teach AND r_recent) AS any_kind
    FROM judged GROUP BY staff_id
), person AS (
    SELECT * FROM ({person}) p(id, partner_id, name_key, willing)
), closed AS MATERIALIZED (
    {closed}
), met AS MATERIALIZED (
    -- What `with_presence` says of a person, said once: 1 works today, 2 is here now.
    -- Absences and holidays are hashed, so that nobody costs a look at a table.
    SELECT t.*, p.*, CASE
        WHEN w.weekday IS NULL
            OR EXISTS (SELECT FROM closed WHERE partner_id IS NULL)
            OR p.partner_id IN (SELECT partner_id FROM closed)
            OR p.id IN ({away})
        THEN 0
        WHEN w.starts_at <= %s AND w.ends_at > %s THEN 2
        ELSE 1
    END AS presence
    FROM tally t JOIN person p ON p.id = t.staff_id {only_partners}
    LEFT JOIN partners_workingday w ON w.staff_id = t.staff_id AND w.weekday = %s
), matched AS (
    SELECT met.*, terms IS NOT NULL AS fits, presence > 0 AS today,
        presence = 2 AS now,
        %s::bigint[] IS NULL OR partner_id = ANY(%s) AS at_partner,
        presence > 0 OR NOT asked.today AS here,
        met.willing OR NOT asked.willing AS ready,
        partner_id = %s AS is_own
    FROM met, asked
), chosen AS (
    SELECT * FROM matched WHERE fits AND at_partner AND here AND ready
)
"""

ORDERS = {
    "match": """bit_count(terms::bit(64)) DESC, is_own, weight DESC,
        level DESC NULLS LAST, is_recent DESC NULLS LAST, willing DESC, now DESC,
        last_used_on DESC NULLS LAST, name_key, id""",
    "level": """level DESC NULLS LAST, bit_count(terms::bit(64)) DESC, weight DESC,
        name_key, id""",
    "partner": """(SELECT lower(name) FROM partners_partner WHERE id = partner_id),
        name_key, id""",
    "name": "name_key, id",
}

EVERYBODY = "SELECT staff_id, terms FROM chosen ORDER BY {order}"

PAGE = """
SELECT (SELECT count(*) FROM chosen),
    (SELECT json_agg(json_build_array(staff_id, terms)) FROM (
        SELECT staff_id, terms FROM chosen ORDER BY {order} LIMIT %s OFFSET %s
    ) page),
    (SELECT json_object_agg(partner_id, n) FROM (
        SELECT partner_id, count(*) AS n FROM matched
        WHERE fits AND here AND ready GROUP BY partner_id
    ) partners),
    (SELECT json_object_agg(kind, n) FROM (
        -- Few sets of categories are held by many people: each is opened once.
        SELECT kind, sum(n)::int AS n FROM (
            SELECT any_kind, count(*) AS n FROM matched
            WHERE at_partner AND here AND ready GROUP BY any_kind
        ) alike, unnest(any_kind) kind WHERE kind IS NOT NULL GROUP BY kind
    ) kinds),
    (SELECT json_build_object(
        '1', count(*) FILTER (WHERE any_level >= 1 AND here AND ready),
        '2', count(*) FILTER (WHERE any_level >= 2 AND here AND ready),
        '3', count(*) FILTER (WHERE any_level >= 3 AND here AND ready),
        '4', count(*) FILTER (WHERE any_level >= 4 AND here AND ready),
        'teach', count(*) FILTER (WHERE any_teach AND here AND ready),
        'confirmed', count(*) FILTER (WHERE any_recent AND here AND ready),
        'today', count(*) FILTER (WHERE fits AND today AND ready),
        'willing', count(*) FILTER (WHERE fits AND willing AND here)
    ) FROM matched WHERE at_partner)
"""
