-- Operations of analytics.

call admin.kind('analytics.what_if', 'Что если', '{kvartal_accountant,kvartal_centre}', p_undo => 'never', p_handler => 'analytics.what_if', p_ground => 'none',
    p_undo_reason => 'Проба ничего не изменила');
