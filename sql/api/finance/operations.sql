-- Operations of finance.

call admin.kind('finance.payment', 'Приём платежей', '{kvartal_cashier,kvartal_accountant,kvartal_centre}', p_undo => 'reversal', p_handler => 'finance.payment_accept', p_ground => 'none');
call admin.kind('finance.payment_take', 'Платёж, принятый вручную', '{kvartal_cashier,kvartal_accountant,kvartal_centre}', p_undo => 'reversal', p_handler => 'finance.payment_take', p_ground => 'may');
call admin.kind('finance.fee_rate', 'Комиссия с получателя', '{kvartal_centre}', p_fact => 'fee_rate', p_ground => 'must');
