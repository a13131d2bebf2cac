-- What the old shop's 0019 adds: three figures a product, the reservations, and their indexes under Django's names.
-- The figures start at 0: a product is not initialised until actualizar_stock says what it has.

ALTER TABLE productos
    ADD COLUMN stock_total integer NOT NULL DEFAULT 0,
    ADD COLUMN stock_reservado integer NOT NULL DEFAULT 0,
    ADD COLUMN stock_vendido integer NOT NULL DEFAULT 0;
CREATE INDEX productos_stock_2e1108_idx ON productos (stock);
CREATE INDEX productos_stock_r_a1448d_idx ON productos (stock_reservado);

CREATE TABLE stock_reservations (
    id bigserial NOT NULL,
    cantidad integer NOT NULL,
    status varchar(20) NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    ip_address inet,
    user_agent text,
    producto_id bigint NOT NULL,
    usuario_id integer NOT NULL,
    CONSTRAINT stock_reservations_cantidad_check CHECK ((cantidad >= 0)),
    CONSTRAINT stock_reservations_pkey PRIMARY KEY (id)
);
CREATE INDEX stock_reser_expires_fdd22d_idx ON stock_reservations (expires_at);
CREATE INDEX stock_reser_product_991f92_idx ON stock_reservations (producto_id, status);
CREATE INDEX stock_reser_status_da6fe9_idx ON stock_reservations (status, expires_at);
CREATE INDEX stock_reser_usuario_bec55e_idx ON stock_reservations (usuario_id, status);
CREATE INDEX stock_reservations_producto_id_8bd7bd72 ON stock_reservations (producto_id);
CREATE INDEX stock_reservations_status_9cdae56d ON stock_reservations (status);
CREATE INDEX stock_reservations_status_9cdae56d_like ON stock_reservations (status varchar_pattern_ops);
CREATE INDEX stock_reservations_usuario_id_020c4e7e ON stock_reservations (usuario_id);
ALTER TABLE stock_reservations ADD CONSTRAINT stock_reservations_producto_id_8bd7bd72_fk_productos_id
    FOREIGN KEY (producto_id) REFERENCES productos(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE stock_reservations ADD CONSTRAINT stock_reservations_usuario_id_020c4e7e_fk_auth_user_id
    FOREIGN KEY (usuario_id) REFERENCES auth_user(id) DEFERRABLE INITIALLY DEFERRED;

-- include archivo_restaurar.sql
