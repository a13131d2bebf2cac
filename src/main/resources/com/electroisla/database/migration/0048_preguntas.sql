-- Payments that ended without money are asked about for some days more, and found by their age.
CREATE INDEX pagos_sin_dinero ON pagos (creado_at) WHERE estado IN ('rechazado', 'vencido', 'cancelado');
