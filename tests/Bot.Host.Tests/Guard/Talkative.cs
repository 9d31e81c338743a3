using System.Text.Json;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Guard;

/// <summary>A host that logs all it can be told to: our own lines at Trace, the framework's requests with their scopes, whatever way it is told.</summary>
internal static class Talkative
{
    /// <summary>Shorter ones may well stand in a line of the log.</summary>
    private const int ShortestText = 12;

    private static readonly string[] OfNobody = ["ExternalId", "TimeZone", "Zone", "Platform", "Kind", "State", "Rule", "Series", "DeliveryId", "Key", "Form"];

    public static Dictionary<string, string> Settings { get; } = new()
    {
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information",
        ["Logging__LogLevel__System.Net.Http.HttpClient"] = "Trace",
        ["Logging__Console__LogLevel__Default"] = "Information",
        ["Logging__Console__LogLevel__Bot"] = "Trace",
        ["Logging__Console__LogLevel__Microsoft.AspNetCore"] = "Debug",
        ["Logging__Console__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information",
        ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
    };

    /// <summary>Fails where the log holds one of these, or any text or name of the store.</summary>
    public static async Task SaysNothingOfAsync(this string log, Func<BotDb> open, params IEnumerable<string> secrets)
    {
        var known = secrets.ToList();
        Assert.All(known, secret => Assert.True(secret.Length >= 6, "A secret too short to be looked for."));
        await using var db = open();
        var stored = await TextsAsync(db);
        Assert.NotEmpty(stored);
        foreach (var secret in known.Concat(stored))
        {
            Assert.False(log.Contains(secret, StringComparison.Ordinal), $"The log holds {secret}.");
        }
    }

    /// <summary>All that is text in any table: what people wrote, their names, cards that were sent, drafts.</summary>
    private static async Task<HashSet<string>> TextsAsync(BotDb db)
    {
        var texts = new HashSet<string>();
        foreach (var type in db.Model.GetEntityTypes().Where(t => !t.IsOwned()))
        {
            var columns = type.GetFlattenedProperties().Where(p => p.ClrType == typeof(string) && !OfNobody.Contains(p.Name)).ToList();
            foreach (var row in await ((IQueryable<object>)db.GetType().GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type.ClrType).Invoke(db, null)!).ToListAsync())
            {
                texts.UnionWith(columns.Where(c => c.DeclaringType == type).Select(c => (string?)db.Entry(row).Property(c.Name).CurrentValue).OfType<string>().SelectMany(Leaves));
            }
        }

        return [.. texts.Where(text => text.Length >= ShortestText && text.Any(char.IsWhiteSpace))];
    }

    private static IEnumerable<string> Leaves(string value)
    {
        if (!value.StartsWith('{') && !value.StartsWith('['))
        {
            return [value];
        }

        try
        {
            using var json = JsonDocument.Parse(value);
            return Leaves(json.RootElement).ToList();
        }
        catch (JsonException)
        {
            return [value];
        }
    }

    private static IEnumerable<string> Leaves(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Leaves(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.String => Leaves(json.GetString()!),
        _ => [],
    };
}
