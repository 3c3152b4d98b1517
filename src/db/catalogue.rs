//! What the database offers its operators: views, functions, kinds of operation, and to whom. Read from the server's own
//! catalogue, which every login may read.

use tokio_postgres::GenericClient;

use super::error::DbError;

/// Rows of the catalogue; whoever checks screens makes of them what it needs.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Views.
    pub views: Vec<View>,
    /// Functions.
    pub functions: Vec<Function>,
    /// Kinds of operation.
    pub operations: Vec<Operation>,
}

/// A view.
#[derive(Debug, Clone)]
pub struct View {
    /// `module.view`.
    pub name: String,
    /// Its comment: `time: both. …`.
    pub comment: String,
    /// Group roles that may read it.
    pub roles: Vec<String>,
    /// Its columns in order.
    pub columns: Vec<String>,
    /// Their types as the server writes them.
    pub kinds: Vec<String>,
    /// Their comments.
    pub comments: Vec<String>,
}

/// A function.
#[derive(Debug, Clone)]
pub struct Function {
    /// `module.function`.
    pub name: String,
    /// Names of its arguments that go in, then of the columns it returns.
    pub names: Vec<String>,
    /// Their types.
    pub kinds: Vec<String>,
    /// `i` for arguments, `t` for columns of the rows it returns.
    pub modes: Vec<String>,
    /// How many of the last arguments may be left out.
    pub defaults: i32,
    /// Group roles that may call it.
    pub roles: Vec<String>,
}

/// A kind of operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// `must`, `may`, `none`.
    pub ground: String,
    /// Parts of its fact that must be given; empty = it takes no facts.
    pub keys: Vec<String>,
    /// Parts that must be given unless the fact is taken away.
    pub required: Vec<String>,
    /// Parts that may be given.
    pub parts: Vec<String>,
    /// Group roles that may do it.
    pub roles: Vec<String>,
}

/// Schemas with an API: those that have tables behind them.
const MODULES: &str = "array(select m.nspname from pg_namespace m where exists (
    select from pg_namespace d where d.nspname = m.nspname || '_data'))";

/// Reads the catalogue.
///
/// # Errors
/// When the database cannot be read.
pub async fn read<C: GenericClient>(client: &C) -> Result<Catalogue, DbError> {
    Ok(Catalogue {
        views: views(client).await?,
        functions: functions(client).await?,
        operations: operations(client).await?,
    })
}

/// A row a view, its columns inside: roles and comments come once, not with every column.
async fn views<C: GenericClient>(client: &C) -> Result<Vec<View>, DbError> {
    let rows = client
        .query(
            &format!(
                "select n.nspname || '.' || c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''),
                    array(select distinct g.grantee::regrole::text from aclexplode(c.relacl) g
                          where g.grantee <> c.relowner and g.grantee <> 0 and g.privilege_type = 'SELECT' order by 1),
                    array_agg(a.attname::text order by a.attnum), array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum),
                    array_agg(coalesce(col_description(c.oid, a.attnum), '') order by a.attnum)
                 from pg_class c
                 join pg_namespace n on n.oid = c.relnamespace
                 join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where c.relkind = 'v' and n.nspname = any ({MODULES})
                 group by n.nspname, c.oid, c.relname, c.relacl, c.relowner
                 order by n.nspname, c.relname"
            ),
            &[],
        )
        .await?;
    let view = |row: &tokio_postgres::Row| View {
        name: row.get(0),
        comment: row.get(1),
        roles: row.get(2),
        columns: row.get(3),
        kinds: row.get(4),
        comments: row.get(5),
    };
    Ok(rows.iter().map(view).collect())
}

async fn functions<C: GenericClient>(client: &C) -> Result<Vec<Function>, DbError> {
    let rows = client
        .query(
            &format!(
                "select n.nspname || '.' || p.proname, coalesce(p.proargnames, '{{}}'),
                    array(select format_type(t.id, null) from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality t (id, at) order by at),
                    coalesce(p.proargmodes::text[], array_fill('i'::text, array[p.pronargs::int])), p.pronargdefaults::int,
                    array(select distinct g.grantee::regrole::text from aclexplode(p.proacl) g
                          where g.grantee::regrole::text = any ('{{kvartal_operator}}') order by 1)
                 from pg_proc p
                 join pg_namespace n on n.oid = p.pronamespace
                 where n.nspname = any ({MODULES}) and p.prokind = 'f'
                    and exists (select from aclexplode(p.proacl) g where g.grantee::regrole::text = 'kvartal_operator')
                 order by 1"
            ),
            &[],
        )
        .await?;
    let function = |row: &tokio_postgres::Row| Function {
        name: row.get(0),
        names: row.get(1),
        kinds: row.get(2),
        modes: row.get(3),
        defaults: row.get(4),
        roles: row.get(5),
    };
    Ok(rows.iter().map(function).collect())
}

async fn operations<C: GenericClient>(client: &C) -> Result<Vec<Operation>, DbError> {
    let rows = client
        .query("select name, title, ground, keys, required, parts, roles from admin.operation_parts()", &[])
        .await?;
    let operation = |row: &tokio_postgres::Row| Operation {
        name: row.get(0),
        title: row.get(1),
        ground: row.get(2),
        keys: row.get(3),
        required: row.get(4),
        parts: row.get(5),
        roles: row.get(6),
    };
    Ok(rows.iter().map(operation).collect())
}
