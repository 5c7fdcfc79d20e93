package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;
import java.util.Map;

/**
 * A file whose bytes a route answers.
 *
 * @param build whose time is the file's
 * @param path of the route
 * @param parameters of the route
 */
record ContentFile(Records records, long build, String path, Map<String, String> parameters) implements Node {
    @Override
    public Attributes attributes() throws Failure, InterruptedException {
        return Attributes.file(OpenFile.size(content()), records.build(build).modified());
    }

    @Override
    public Content content() throws Failure, InterruptedException {
        return records.content(path, parameters);
    }
}
