package dev.drawbridge.publication;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/**
 * Something that is made from the files of a publication, once for each. Whoever has it injected asks, at each call, the one of
 * the publication by which the running command goes: see {@link PublicationInForce}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Scope(scopeName = PublicationScope.NAME, proxyMode = ScopedProxyMode.TARGET_CLASS)
public @interface OfPublication {}
