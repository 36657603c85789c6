-- Who may see a request because it was handed to them.
create index hand_over_to_person on hand_over (to_person);
