-- The fine of an executor who charged too much (354 п. 155(1)–(2); ЖК 156 ч. 11, 157 ч. 6), credited in one month.

-- Handler: {"account_id", "service_id", "month", "excess", "citation"}: the overcharge is true for the days of the month its fine is credited
-- in, so the fine comes once.
create function billing.executor_fine(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_month date := admin.need_month(p_args, 'month', p_kind.title);
    v_account cards_data.account := cards.need_account(p_args, p_kind.title);
    v_service bigint := admin.need_number(p_args, 'service_id', p_kind.title);
begin
    perform admin.need_only(p_args, '{account_id,service_id,month,excess,citation}', p_kind.title);
    perform billing.need_begun(v_month, p_kind.title);
    perform billing.lock_units(array[v_account.unit_id]);
    perform admin.fact_assert(
        'overcharge', jsonb_build_object('account_id', v_account.id, 'service_id', v_service),
        v_month, (v_month + interval '1 month')::date,
        jsonb_build_object(
            'excess', admin.need_amount(p_args, 'excess', p_kind.title), 'citation', admin.need_text(p_args, 'citation', p_kind.title)
        )
    );
    return '{}';
end $$;
