package com.electroisla.command;

import com.electroisla.settings.Setting;
import java.util.Map;

/**
 * A command. Its options and parameters are fields with picocli's annotations; its name and summary are in
 * {@code Commands}, beside {@code Main}.
 */
@FunctionalInterface
public interface ManageCommand {
    /**
     * Does the work.
     *
     * @return 0 when it is done, 1 when it was refused; a {@link CommandRefused} is the same with a reason
     */
    int run(Context context) throws Exception;

    /** Settings of this command's own, before those of the environment and of {@code .env}; a flag goes before them. */
    default Map<Setting, String> ownSettings() {
        return Map.of();
    }
}
