-- a comment may say :what it likes, and 'so' on
SELECT id::text
FROM alerts
WHERE user_id = :#user-id
