-- No row: gives the commit of this transaction an author and a message (the run's id).
CALL ducklake_set_commit_message('lake', 'newsdesk', $message);
