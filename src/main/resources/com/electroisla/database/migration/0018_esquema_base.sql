-- The shop before the inventory system, as Django's own migrations up to 0018 leave it: names, types, constraints and
-- indexes are Django's, so that the old application can be pointed at this database.

CREATE TABLE auth_user (
    id serial NOT NULL,
    password varchar(128) NOT NULL,
    last_login timestamptz,
    is_superuser boolean NOT NULL,
    username varchar(150) NOT NULL,
    first_name varchar(150) NOT NULL,
    last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamptz NOT NULL,
    CONSTRAINT auth_user_pkey PRIMARY KEY (id),
    CONSTRAINT auth_user_username_key UNIQUE (username)
);
CREATE INDEX auth_user_username_6821ab7c_like ON auth_user (username varchar_pattern_ops);

CREATE TABLE user_profiles (
    id bigserial NOT NULL,
    rol varchar(20) NOT NULL,
    telefono varchar(20),
    direccion text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    user_id integer NOT NULL,
    CONSTRAINT user_profiles_pkey PRIMARY KEY (id),
    CONSTRAINT user_profiles_user_id_key UNIQUE (user_id)
);

CREATE TABLE productos (
    id bigserial NOT NULL,
    nombre varchar(200) NOT NULL,
    descripcion text NOT NULL,
    precio numeric(10,2) NOT NULL,
    descuento integer NOT NULL,
    stock integer NOT NULL,
    categoria varchar(50) NOT NULL,
    imagen_url text,
    imagen varchar(100),
    activo boolean NOT NULL,
    en_carrusel boolean NOT NULL,
    en_carousel_card boolean NOT NULL,
    en_all_products boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    creado_por_id integer,
    CONSTRAINT productos_pkey PRIMARY KEY (id)
);
CREATE INDEX productos_creado_por_id_092f8190 ON productos (creado_por_id);

CREATE TABLE carts (
    id bigserial NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    user_id integer NOT NULL,
    CONSTRAINT carts_pkey PRIMARY KEY (id),
    CONSTRAINT carts_user_id_key UNIQUE (user_id)
);

CREATE TABLE cart_items (
    id bigserial NOT NULL,
    quantity integer NOT NULL,
    price_at_addition numeric(10,2) NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    cart_id bigint NOT NULL,
    product_id bigint NOT NULL,
    CONSTRAINT cart_items_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT cart_items_cart_id_product_id_a57569aa_uniq UNIQUE (cart_id, product_id),
    CONSTRAINT cart_items_pkey PRIMARY KEY (id)
);
CREATE INDEX cart_items_cart_id_3caa7d_idx ON cart_items (cart_id);
CREATE INDEX cart_items_cart_id_54d2714b ON cart_items (cart_id);
CREATE INDEX cart_items_product_6a1de7_idx ON cart_items (product_id);
CREATE INDEX cart_items_product_id_9398bb89 ON cart_items (product_id);

CREATE TABLE pedidos (
    id bigserial NOT NULL,
    estado varchar(20) NOT NULL,
    metodo_pago varchar(20) NOT NULL,
    total numeric(10,2) NOT NULL,
    direccion_entrega text NOT NULL,
    telefono varchar(20) NOT NULL,
    notas text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    fecha_entrega timestamptz,
    mensajero_id integer,
    usuario_id integer NOT NULL,
    CONSTRAINT pedidos_pkey PRIMARY KEY (id)
);
CREATE INDEX pedidos_mensajero_id_1fd7d8a0 ON pedidos (mensajero_id);
CREATE INDEX pedidos_usuario_id_2b8cebd6 ON pedidos (usuario_id);

CREATE TABLE detalles_pedido (
    id bigserial NOT NULL,
    cantidad integer NOT NULL,
    precio_unitario numeric(10,2) NOT NULL,
    subtotal numeric(10,2) NOT NULL,
    pedido_id bigint NOT NULL,
    producto_id bigint NOT NULL,
    CONSTRAINT detalles_pedido_pkey PRIMARY KEY (id)
);
CREATE INDEX detalles_pedido_pedido_id_ebeb756a ON detalles_pedido (pedido_id);
CREATE INDEX detalles_pedido_producto_id_fb467aba ON detalles_pedido (producto_id);

CREATE TABLE refresh_tokens (
    id bigserial NOT NULL,
    token_hash varchar(64) NOT NULL,
    jti varchar(64) NOT NULL,
    user_agent varchar(500),
    ip_address inet,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revocado boolean NOT NULL,
    revocado_at timestamptz,
    last_used_at timestamptz,
    usuario_id integer NOT NULL,
    CONSTRAINT refresh_tokens_jti_key UNIQUE (jti),
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT refresh_tokens_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX refresh_tok_expires_a128d9_idx ON refresh_tokens (expires_at);
CREATE INDEX refresh_tok_usuario_21e2fa_idx ON refresh_tokens (usuario_id, created_at DESC);
CREATE INDEX refresh_tokens_jti_737ce97a_like ON refresh_tokens (jti varchar_pattern_ops);
CREATE INDEX refresh_tokens_token_hash_8174b928_like ON refresh_tokens (token_hash varchar_pattern_ops);
CREATE INDEX refresh_tokens_usuario_id_66908706 ON refresh_tokens (usuario_id);

CREATE TABLE token_blacklist (
    id bigserial NOT NULL,
    token text NOT NULL,
    blacklisted_at timestamptz NOT NULL,
    razon varchar(50) NOT NULL,
    usuario_id integer NOT NULL,
    CONSTRAINT token_blacklist_pkey PRIMARY KEY (id),
    CONSTRAINT token_blacklist_token_key UNIQUE (token)
);
CREATE INDEX token_black_usuario_bfae6c_idx ON token_blacklist (usuario_id, blacklisted_at);
CREATE INDEX token_blacklist_blacklisted_at_0900d6aa ON token_blacklist (blacklisted_at);
CREATE INDEX token_blacklist_token_bbc760bd_like ON token_blacklist (token text_pattern_ops);
CREATE INDEX token_blacklist_usuario_id_b2fbccd9 ON token_blacklist (usuario_id);

CREATE TABLE login_attempts (
    id bigserial NOT NULL,
    ip_address inet NOT NULL,
    username varchar(150),
    attempt_type varchar(20) NOT NULL,
    success boolean NOT NULL,
    "timestamp" timestamptz NOT NULL,
    user_agent varchar(500),
    CONSTRAINT login_attempts_pkey PRIMARY KEY (id)
);
CREATE INDEX login_attem_ip_addr_340a7c_idx ON login_attempts (ip_address, "timestamp");
CREATE INDEX login_attem_usernam_ece61f_idx ON login_attempts (username, "timestamp");

CREATE TABLE audit_logs (
    id bigserial NOT NULL,
    accion varchar(20) NOT NULL,
    modulo varchar(20) NOT NULL,
    objeto_id integer NOT NULL,
    objeto_repr varchar(500) NOT NULL,
    detalles jsonb NOT NULL,
    ip_address inet,
    user_agent varchar(500),
    "timestamp" timestamptz NOT NULL,
    usuario_id integer,
    CONSTRAINT audit_logs_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_logs_modulo_ed3939_idx ON audit_logs (modulo, "timestamp" DESC);
CREATE INDEX audit_logs_timesta_e93820_idx ON audit_logs ("timestamp" DESC);
CREATE INDEX audit_logs_usuario_5354f3_idx ON audit_logs (usuario_id, "timestamp" DESC);
CREATE INDEX audit_logs_usuario_id_8f34d593 ON audit_logs (usuario_id);

CREATE TABLE cart_audit_logs (
    id bigserial NOT NULL,
    action varchar(20) NOT NULL,
    product_id integer,
    product_name varchar(255) NOT NULL,
    quantity_before integer,
    quantity_after integer,
    price numeric(10,2),
    ip_address inet,
    user_agent text NOT NULL,
    "timestamp" timestamptz NOT NULL,
    user_id integer NOT NULL,
    CONSTRAINT cart_audit_logs_pkey PRIMARY KEY (id)
);
CREATE INDEX cart_audit__action_a826f8_idx ON cart_audit_logs (action, "timestamp" DESC);
CREATE INDEX cart_audit__user_id_a35ac4_idx ON cart_audit_logs (user_id, "timestamp" DESC);
CREATE INDEX cart_audit_logs_user_id_8c2718e2 ON cart_audit_logs (user_id);

-- Django checks its foreign keys when a transaction commits.
ALTER TABLE user_profiles ADD CONSTRAINT user_profiles_user_id_8c5ab5fe_fk_auth_user_id
    FOREIGN KEY (user_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE productos ADD CONSTRAINT productos_creado_por_id_092f8190_fk_auth_user_id
    FOREIGN KEY (creado_por_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE carts ADD CONSTRAINT carts_user_id_3a9d1785_fk_auth_user_id
    FOREIGN KEY (user_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE cart_items ADD CONSTRAINT cart_items_cart_id_54d2714b_fk_carts_id
    FOREIGN KEY (cart_id) REFERENCES carts(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE cart_items ADD CONSTRAINT cart_items_product_id_9398bb89_fk_productos_id
    FOREIGN KEY (product_id) REFERENCES productos(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE pedidos ADD CONSTRAINT pedidos_mensajero_id_1fd7d8a0_fk_auth_user_id
    FOREIGN KEY (mensajero_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE pedidos ADD CONSTRAINT pedidos_usuario_id_2b8cebd6_fk_auth_user_id
    FOREIGN KEY (usuario_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE detalles_pedido ADD CONSTRAINT detalles_pedido_pedido_id_ebeb756a_fk_pedidos_id
    FOREIGN KEY (pedido_id) REFERENCES pedidos(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE detalles_pedido ADD CONSTRAINT detalles_pedido_producto_id_fb467aba_fk_productos_id
    FOREIGN KEY (producto_id) REFERENCES productos(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE refresh_tokens ADD CONSTRAINT refresh_tokens_usuario_id_66908706_fk_auth_user_id
    FOREIGN KEY (usuario_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE token_blacklist ADD CONSTRAINT token_blacklist_usuario_id_b2fbccd9_fk_auth_user_id
    FOREIGN KEY (usuario_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_usuario_id_8f34d593_fk_auth_user_id
    FOREIGN KEY (usuario_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE cart_audit_logs ADD CONSTRAINT cart_audit_logs_user_id_8c2718e2_fk_auth_user_id
    FOREIGN KEY (user_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;
