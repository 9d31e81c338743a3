using System.Reflection;
using Bot.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bot.Store;

/// <summary>How our types become columns: ids as UUIDs, enums by name, instants as UTC milliseconds (which SQLite can order and index).</summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder configuration)
    {
        foreach (var id in typeof(BotDb).Assembly.GetTypes().Where(IsId))
        {
            configuration.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        }

        foreach (var name in typeof(BotDb).Assembly.GetTypes().Where(t => t.IsEnum && t.GetCustomAttribute<FlagsAttribute>() is null))
        {
            configuration.Properties(name).HaveConversion<string>();
        }

        configuration.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configuration.Properties<PlatformName>().HaveConversion<PlatformNameConverter>();
    }

    private static bool IsId(Type type) => type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    private sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => From(value))
        where TId : struct, IId<TId>
    {
        private static TId From(Guid value) => TId.From(value);
    }

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    private sealed class PlatformNameConverter() : ValueConverter<PlatformName, string>(name => name.Value, value => new PlatformName(value));
}
