package io.sallyport.gateway;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The public key that a command is given.
 *
 * @param file where it is
 * @param longest that is read, in bytes
 */
record KeyArgument(Path file, int longest) {
    /**
     * The text of it.
     *
     * @throws Refused when there is none, with the reason and what to do
     */
    String read() throws Refused {
        try {
            if (Files.isDirectory(file)) {
                throw unreadable("it is a folder, as Docker makes one where a file that is to be mounted is missing;"
                        + " name the file itself");
            }
            if (Files.size(file) > longest) {
                throw new Refused(file + " is too large for a public key");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable("it is not there; make one with ssh-keygen -t ed25519");
        } catch (AccessDeniedException e) {
            throw unreadable("it is there, but user " + System.getProperty("user.name")
                    + " may not read it; it is no secret, so chmod a+r it");
        } catch (CharacterCodingException e) {
            throw unreadable("it is no text; name the file that ends with .pub");
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private Refused unreadable(String why) {
        return new Refused("cannot read the key " + file + ": " + why);
    }
}
