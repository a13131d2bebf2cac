package com.electroisla.shopfront;

import com.electroisla.mail.Letters;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statement that reads all that is kept of a person. */
final class OwnDataSql {
    private OwnDataSql() {}

    /** As one JSON object, with the names of the API; empty when the account is gone. */
    static Optional<String> all(Handle handle, int userId, int most) {
        return handle.createQuery("""
                        SELECT jsonb_pretty(jsonb_build_object(
                            'cuenta', jsonb_build_object('id', u.id, 'username', u.username, 'email', u.email,
                                'nombre', u.first_name, 'apellidos', u.last_name, 'date_joined', u.date_joined,
                                'last_login', u.last_login, 'telefono', p.telefono, 'direccion', p.direccion),
                            'direcciones', (SELECT COALESCE(jsonb_agg(jsonb_build_object('nombre', d.nombre,
                                    'direccion', d.direccion, 'telefono', d.telefono, 'principal', d.principal)
                                    ORDER BY d.id), '[]')
                                FROM direcciones d WHERE d.usuario_id = u.id),
                            'pedidos', (SELECT COALESCE(jsonb_agg(o.pedido ORDER BY o.id), '[]') FROM (
                                SELECT o.id, jsonb_build_object('id', o.id, 'estado', o.estado::text,
                                    'metodo_pago', o.metodo_pago::text, 'total', o.total::text,
                                    'direccion_entrega', o.direccion_entrega, 'telefono', o.telefono,
                                    'notas', o.notas, 'created_at', o.created_at,
                                    'detalles', (SELECT COALESCE(jsonb_agg(jsonb_build_object(
                                            'producto', pr.nombre, 'cantidad', l.cantidad,
                                            'precio_unitario', l.precio_unitario::text,
                                            'subtotal', l.subtotal::text) ORDER BY l.id), '[]')
                                        FROM detalles_pedido l LEFT JOIN productos pr ON pr.id = l.producto_id
                                        WHERE l.pedido_id = o.id)) AS pedido
                                FROM pedidos o WHERE o.usuario_id = u.id ORDER BY o.id DESC LIMIT :most) o),
                            'pagos', (SELECT COALESCE(jsonb_agg(g.pago ORDER BY g.id), '[]') FROM (
                                SELECT g.id, jsonb_build_object('id', g.id, 'estado', g.estado::text,
                                    'metodo_pago', g.metodo_pago::text, 'importe', g.importe::text,
                                    'direccion_entrega', g.direccion_entrega, 'telefono', g.telefono,
                                    'notas', g.notas, 'creado_at', g.creado_at, 'pedido', g.pedido_id) AS pago
                                FROM pagos g WHERE g.usuario_id = u.id ORDER BY g.id DESC LIMIT :most) g),
                            'reservas', (SELECT COALESCE(jsonb_agg(r.reserva ORDER BY r.id), '[]') FROM (
                                SELECT r.id, jsonb_build_object('id', r.id, 'producto', pr.nombre,
                                    'cantidad', r.cantidad, 'status', r.status::text, 'created_at', r.created_at,
                                    'expires_at', r.expires_at, 'ip', host(r.ip_address)) AS reserva
                                FROM stock_reservations r LEFT JOIN productos pr ON pr.id = r.producto_id
                                WHERE r.usuario_id = u.id ORDER BY r.id DESC LIMIT :most) r),
                            'reembolsos', (SELECT COALESCE(jsonb_agg(jsonb_build_object('importe', b.importe::text,
                                    'motivo', b.motivo::text, 'estado', b.estado::text, 'debido_at', b.debido_at,
                                    'hecho_at', b.hecho_at) ORDER BY b.id), '[]')
                                FROM reembolsos b WHERE b.usuario_id = u.id),
                            'carrito', (SELECT COALESCE(jsonb_agg(jsonb_build_object('producto', pr.nombre,
                                    'cantidad', i.quantity) ORDER BY i.id), '[]')
                                FROM carts c JOIN cart_items i ON i.cart_id = c.id
                                JOIN productos pr ON pr.id = i.product_id WHERE c.user_id = u.id),
                            'favoritos', (SELECT COALESCE(jsonb_agg(pr.nombre ORDER BY f.id), '[]')
                                FROM favoritos f JOIN productos pr ON pr.id = f.producto_id
                                WHERE f.usuario_id = u.id),
                            'sesiones', (SELECT COALESCE(jsonb_agg(jsonb_build_object('desde', s.created_at,
                                    'ultimo_uso', s.ultimo_uso, 'ip', host(s.ip_address),
                                    'user_agent', s.user_agent) ORDER BY s.id), '[]')
                                FROM sesiones_web s WHERE s.usuario_id = u.id),
                            'correos', (SELECT COALESCE(jsonb_agg(c.carta ORDER BY c.id), '[]') FROM (
                                SELECT c.id, jsonb_build_object('tipo', c.tipo, 'para', c.para,
                                    'estado', c.estado::text, 'created_at', c.created_at,
                                    'enviado_at', c.enviado_at) AS carta
                                FROM correos c WHERE u.email <> '' AND lower(c.para) = lower(u.email)
                                 AND NOT <ofAnother>
                                ORDER BY c.id DESC LIMIT :most) c)))
                          FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                         WHERE u.id = :userId
                        """)
                .define("ofAnother", Letters.OF_ANOTHER)
                .bind("userId", userId)
                .bind("most", most)
                .mapTo(String.class)
                .findOne();
    }
}
