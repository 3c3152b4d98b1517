-- The document of one account: looked at before it is issued, then kept in the archive with what it says.

-- {"kind", "month", "invoice"}. kind: month, the bill of a released month; debt, what is overdue today; prepayment, the sum the payer names, else
-- the average of twelve months.
create function billing.invoice_said(p_account_id bigint, p_month date, p_kind text, p_amount numeric) returns jsonb language plpgsql stable
as $$
declare
    v_account text := (select number from cards_data.account where id = p_account_id);
    v_invoice jsonb;
begin
    if v_account is null then
        perform admin.refuse('KV003', 'Счёт не найден или вам не виден', null, 'Найдите его: экран 100');
    end if;
    v_invoice := case p_kind
        when 'month' then billing.invoice_data(v_account, p_month)
        when 'debt' then billing.debt_invoice(v_account, p_month)
        when 'prepayment' then billing.prepayment_invoice(v_account, p_month, p_amount => p_amount)
    end;
    if v_invoice is null then
        perform admin.refuse('KV004', format('Платёжного документа вида «%s» нет', p_kind), null, 'Есть: month — за месяц, debt — долговой, prepayment — предоплатный');
    elsif jsonb_array_length(v_invoice->'lines') = 0 then
        perform admin.refuse('KV006', format('По счёту %s за %s печатать нечего: нет ни начислений, ни долгов', v_account, to_char(p_month, 'MM.YYYY')), null,
            'Возьмите месяц, за который начислено: экран 211');
    end if;
    return jsonb_build_object('kind', p_kind, 'month', p_month, 'invoice', v_invoice);
end $$;

-- The same for the screen, to whoever may issue it.
create function billing.invoice_draft(p_account_id bigint, p_month date, p_kind text, p_amount numeric default null) returns jsonb
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform admin.need_right('billing.invoice');
    return billing.invoice_said(p_account_id, p_month, p_kind, p_amount);
end $$;

-- Handler: {"account_id", "month", "kind", "amount"?}: enters the document into the archive and orders its files.
create function billing.invoice_issue(p_kind admin_data.operation_kind, p_args jsonb) returns jsonb language plpgsql
as $$
declare
    v_operation admin_data.operation := admin.current_operation();
    v_account bigint := admin.need_number(p_args, 'account_id', p_kind.title);
    v_month date := admin.need_month(p_args, 'month', p_kind.title);
    v_said jsonb;
    v_title text;
    v_number text;
begin
    perform admin.need_only(p_args, '{account_id,month,kind,amount}', p_kind.title);
    v_said := billing.invoice_said(v_account, v_month, admin.need_text(p_args, 'kind', p_kind.title),
        case when p_args->>'amount' is not null then admin.need_amount(p_args, 'amount', p_kind.title) end);
    v_title := format(
        case v_said->>'kind' when 'debt' then 'Долговой документ, счёт %s, %s' when 'prepayment' then 'Предоплатный документ, счёт %s, %s'
            else 'Платёжный документ, счёт %s, %s' end,
        v_said->'invoice'->>'account', to_char(v_month, 'MM.YYYY'));
    v_number := admin.document_register(
        v_operation.id, v_operation.id, 'billing.invoice', v_title, 'account', v_account, null, (v_said->'invoice'->>'through')::date, v_said);
    return admin.order_job(p_kind, p_args) || jsonb_build_object('number', v_number);
end $$;
