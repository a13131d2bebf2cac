-- Who signs in by e-mail is found by it, and a new account is compared with all there are, without case. Not unique: the old shop lets
-- two accounts share an address.
CREATE INDEX auth_user_correo ON auth_user (lower(email)) WHERE email <> '';
CREATE INDEX auth_user_nombre ON auth_user (lower(username));
