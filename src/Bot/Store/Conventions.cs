using System.Reflection;
using Bot.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bot.Store;

/// <summary>How our types become columns: ids as UUIDs, enums by name, instants in UTC to the millisecond, texts in the order of their code points.</summary>
public static class Conventions
{
    /// <summary>PostgreSQL orders and compares by the database's language otherwise: then two installations, or SQLite and PostgreSQL, would list names in different orders.</summary>
    private const string ByCodePoint = "C";

    /// <summary>What holds for every set of tables in the store.</summary>
    public static void InstantsAndTexts(this ModelConfigurationBuilder configuration, DatabaseFacade database)
    {
        if (database.IsNpgsql())
        {
            configuration.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
            configuration.Properties<string>().UseCollation(ByCodePoint);
        }
        else
        {
            configuration.Properties<DateTimeOffset>().HaveConversion<MillisecondsConverter>();
        }
    }

    internal static void Apply(ModelConfigurationBuilder configuration, DatabaseFacade database)
    {
        configuration.InstantsAndTexts(database);
        foreach (var id in typeof(BotDb).Assembly.GetTypes().Where(IsId))
        {
            configuration.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        }

        List<PropertiesConfigurationBuilder> names =
        [
            .. typeof(BotDb).Assembly.GetTypes().Where(t => t.IsEnum && t.GetCustomAttribute<FlagsAttribute>() is null)
                .Select(name => configuration.Properties(name).HaveConversion<string>()),
            configuration.Properties<PlatformName>().HaveConversion<PlatformNameConverter>(),
        ];
        if (database.IsNpgsql())
        {
            names.ForEach(name => name.UseCollation(ByCodePoint));
        }
    }

    private static bool IsId(Type type) => type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    private sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => From(value))
        where TId : struct, IId<TId>
    {
        private static TId From(Guid value) => TId.From(value);
    }

    /// <summary>SQLite cannot order what it stores for a <see cref="DateTimeOffset"/>; it can order and index numbers.</summary>
    private sealed class MillisecondsConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    /// <summary>PostgreSQL keeps microseconds and takes UTC only; to the millisecond an instant is the same in either database, and on the way from one to the other.</summary>
    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds()), stored => stored);

    private sealed class PlatformNameConverter() : ValueConverter<PlatformName, string>(name => name.Value, value => new PlatformName(value));
}
