//! What papers of the passport desk print, made in the base from what is loaded: documents, places of birth, where people came from.
//! The cards of the first houses are brought over; a city of half a million accounts would only load longer with all of them.

use super::super::directory::organisations::MUNICIPALITY;
use super::sheet::Source;
use crate::db::driver::Transaction;
use crate::db::error::DbError;

/// So many houses have whole cards.
const HOUSES: &str = "
    create temporary table carded on commit drop as
    select distinct r.person_id, p.sex, p.born_on
    from passport_data.residence r
    join passport_data.person p on p.id = r.person_id
    where r.unit_id in (select id from cards_data.house order by id limit 300)";

/// A passport of fourteen, twenty or forty-five years, whatever was due last; children have a certificate. The region 99 of the series
/// is nobody's.
const DOCUMENTS: &str = "
    insert into passport_data.identity_document (id, person_id, kind, valid_from, series, number, issued_on, issued_by, issuer_code, asserted, origin)
    select row_number() over (order by person_id), person_id, case when due is null then 'birth_certificate' else 'passport' end, issued,
        case when due is null then 'I-ЕА' else '99 ' || lpad((extract(year from issued)::int % 100)::text, 2, '0') end,
        lpad((person_id * 7919 % 1000000)::text, 6, '0'), issued,
        case when due is null then 'отделом ЗАГС города Светлоречинска' else 'ОВМ ОМВД России по городу Светлоречинску' end,
        case when due is null then null else '990-00' || (1 + person_id % 3) end, $1, $2
    from (
        select c.*, w.due, case when w.due is null then c.born_on + 12 else w.due + 20 end as issued
        from carded c
        left join lateral (
            select max((c.born_on + make_interval(years => y))::date) as due from unnest('{14,20,45}'::int[]) y
            where c.born_on + make_interval(years => y) < date '2025-08-01'
        ) w on true
    ) given";

const BIRTHS: &str = "
    insert into passport_data.person_birth (id, person_id, valid_from, birth_region, birth_district, birth_town, asserted, origin)
    select row_number() over (order by person_id), person_id, born_on, 'Приреченская область', district, town, $1, $2
    from (
        select c.*, case person_id % 5 when 3 then 'Заречный район' when 4 then 'Верхнеозёрский район' end as district,
            case person_id % 5 when 3 then 'с. Нижняя Слобода' when 4 then 'пос. Озёрный' else 'г. Светлоречинск' end as town
        from carded c
    ) given";

const CITIZENS: &str = "
    insert into passport_data.citizenship (id, person_id, valid_from, country, asserted, origin)
    select row_number() over (order by person_id), person_id, born_on, 'Россия', $1, $2 from carded";

/// Who is registered soon after birth came from nowhere.
const ARRIVALS: &str = "
    insert into passport_data.residence_arrival (id, unit_id, scope, premises_id, person_id, valid_from, valid_to, came_from, reason, asserted, origin)
    select row_number() over (order by r.id), r.unit_id, r.scope, r.premises_id, r.person_id, r.valid_from, r.valid_from + 1,
        case when r.valid_from < c.born_on + 90 then null
             else 'г. Верхнеозёрск, ул. Новая, д. ' || (1 + r.premises_id % 60) || ', кв. ' || (1 + r.premises_id % 80) end,
        case when r.valid_from < c.born_on + 90 then 'рождение' when r.is_temporary then 'работа' else 'переезд семьи' end, $1, $2
    from passport_data.residence r join carded c on c.person_id = r.person_id";

const DEPARTURES: &str = "
    insert into passport_data.residence_departure (id, unit_id, scope, premises_id, person_id, valid_from, valid_to, went_to, reason, asserted, origin)
    select row_number() over (order by r.id), r.unit_id, r.scope, r.premises_id, r.person_id, r.valid_to, r.valid_to + 1,
        case when r.is_temporary then null else 'г. Верхнеозёрск, ул. Молодёжная, д. ' || (1 + r.person_id % 40) end,
        case when r.is_temporary then 'окончание срока' else 'переезд' end, $1, $2
    from passport_data.residence r join carded c on c.person_id = r.person_id
    where r.valid_to < 'infinity'";

const TENURES: &str = "
    insert into passport_data.premises_tenure (id, unit_id, scope, premises_id, valid_from, tenure, document, asserted, origin)
    select row_number() over (order by o.premises_id), o.unit_id, o.scope, o.premises_id, o.valid_from,
        case when o.organisation_id = $3 then 'social' else 'ownership' end,
        case when o.organisation_id = $3 then 'договор социального найма № ' || o.premises_id else 'выписка из ЕГРН' end
            || ' от ' || to_char(o.valid_from, 'DD.MM.YYYY'), $1, $2
    from (
        select distinct on (premises_id) * from passport_data.ownership
        where valid_to = 'infinity' and unit_id in (select id from cards_data.house order by id limit 300)
        order by premises_id, owner_no
    ) o";

const OFFICERS: &str = "
    insert into cards_data.officer (id, organisation_id, office, valid_from, post, last_name, first_name, middle_name, asserted, origin)
    values (1, 0, 'head', date '2020-01-01', 'Директор', 'Ларионов', 'Игорь', 'Савельевич', $1, $2)";

const CENTRE: &str = "
    update cards_data.organisation set address = '990100, г. Светлоречинск, ул. Речная, д. 1', phone = '(3999) 12-34-56' where id = 0";

/// Adds them to a town whose rows and indexes stand.
pub(super) async fn load(transaction: &Transaction<'_>, source: Source) -> Result<(), DbError> {
    let Source { operation, known } = source;
    transaction.batch_execute(HOUSES).await?;
    for facts in [DOCUMENTS, BIRTHS, CITIZENS, ARRIVALS, DEPARTURES, OFFICERS] {
        transaction.execute(facts, &[&known, &operation]).await?;
    }
    transaction.execute(TENURES, &[&known, &operation, &MUNICIPALITY]).await?;
    transaction.batch_execute(CENTRE).await?;
    Ok(())
}
