package com.electroisla.demo;

/**
 * The users of the demo, in the order of their ids. Plain constants of the JDK alone: the launcher reads them from
 * source, before anything is built.
 */
public enum DemoUser {
    ADMIN("admin", "admin", "Ana", "Restrepo"),
    TANIA("tania", "trabajador", "Tania", "Mejía"),
    MATEO("mateo", "mensajero", "Mateo", "Ortiz"),
    COMPRADOR("comprador", "cliente", "Carla", "Núñez"),
    COMPRADOR2("comprador2", "cliente", "Pedro", "Ibáñez"),
    COMPRADOR3("comprador3", "cliente", "Elena", "Salas"),
    LUCIA("lucia", "cliente", "Lucía", "Gómez"),
    ANDRES("andres", "cliente", "Andrés", "Peña"),
    VALENTINA("valentina", "cliente", "Valentina", "Ríos"),
    CAMILO("camilo", "cliente", "Camilo", "Duarte");

    /** The password of all users. It protects nothing: a demo is served on loopback only. */
    public static final String PASSWORD = "isla-demo";

    private final String username;
    private final String role;
    private final String firstName;
    private final String lastName;

    DemoUser(String username, String role, String firstName, String lastName) {
        this.username = username;
        this.role = role;
        this.firstName = firstName;
        this.lastName = lastName;
    }

    public int id() {
        return ordinal() + 1;
    }

    public String username() {
        return username;
    }

    /** The role as in {@code user_profiles.rol}. */
    public String role() {
        return role;
    }

    String firstName() {
        return firstName;
    }

    String lastName() {
        return lastName;
    }
}
