ALTER TABLE avatars ADD KEY avatars_user_id (user_id, added_at);
