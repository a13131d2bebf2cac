package com.electroisla;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
@QuarkusMain
public final class Main {
    public static void main(String... args) { if (args.length > 0) { System.out.println("cmd"); return; } Quarkus.run(args); }
}
