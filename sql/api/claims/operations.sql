-- Operations on claims.

call admin.kind('claims.act', 'Акт о перерыве или качестве', '{kvartal_dispatcher,kvartal_accountant,kvartal_centre}', p_handler => 'claims.act_new', p_ground => 'must');
call admin.kind('claims.act_interval', 'Промежуток акта', '{kvartal_dispatcher,kvartal_accountant,kvartal_centre}', p_handler => 'claims.act_interval', p_ground => 'must');
call admin.kind('claims.act_withdraw', 'Отзыв акта', '{kvartal_accountant,kvartal_centre}', p_handler => 'claims.act_withdraw', p_ground => 'must');
call admin.kind('claims.deficiency_limit', 'Изменение предела отклонения', '{kvartal_centre}', p_fact => 'deficiency_limit', p_ground => 'must');
