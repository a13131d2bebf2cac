package com.electroisla.settings;

/** A setting with an invalid value. The message is one line for the operator and never repeats a password. */
public final class InvalidSetting extends RuntimeException {
    private final Setting setting;

    public InvalidSetting(Setting setting, String problem) {
        super(setting.variable() + ": " + problem);
        this.setting = setting;
    }

    public Setting setting() {
        return setting;
    }
}
