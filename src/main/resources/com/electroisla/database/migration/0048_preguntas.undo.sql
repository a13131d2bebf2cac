DROP INDEX pagos_sin_dinero;
