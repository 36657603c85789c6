package dev.drawbridge.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A bean that the BPMN files may name, and a method of it that an expression in them may call. No other bean and no other
 * method can be reached from there. Where a bean may stand is told by what it implements: a delegate stands in a service task.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface UsedInProcess {
    /**
     * Whether a step of this bean begins a transaction of its own, wherever a process puts it. It calls on a target, and
     * must neither fail nor wait in the call of a person.
     */
    boolean apart() default false;
}
