-- With each task that ends the engine looks for tasks below it; and we look for the tasks of one kind.
create index if not exists drawbridge_task_parent on act_ru_task (parent_task_id_);
create index if not exists drawbridge_task_kind on act_ru_task (task_def_key_);
