using System.Globalization;
using System.Net;
using Bot.Host.Guard;
using Bot.Retention;
using Bot.Slack;
using Bot.Store;
using Bot.Teams;
using Microsoft.Data.Sqlite;

namespace Bot.Host.Configuration;

/// <summary>What the host was told, parsed; anything half-set or misspelt is refused with what to do about it.</summary>
/// <param name="PublicUrl">Where people reach this host; links on cards begin with it.</param>
/// <param name="EvidencePerMinute">Reports a minute that a monitor may send with one key.</param>
/// <param name="Otlp">Where measures and traces go; null for nowhere.</param>
public sealed record HostSettings(
    StoreAddress Store, bool Playground, Uri PublicUrl, int EvidencePerMinute, KeptFor Kept, SlackOptions? Slack, TeamsOptions? Teams, Uri? Otlp)
{
    private const string DefaultUrl = "http://localhost:5080";
    private static readonly string[] KnownSections = ["Store", "Slack", "Teams", "Playground", "Evidence", "Retention", "Otlp", "Proxy"];

    /// <summary>Believed when they say for whom they ask.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; private init; } = [];

    /// <exception cref="RefusedConfigurationException">Lists everything that is wrong at once.</exception>
    /// <param name="isCommand">Started for one command, which needs the store and no platform.</param>
    public static HostSettings Read(IConfiguration configuration, bool isDevelopment, bool isCommand = false)
    {
        var refusals = new List<string>();
        refusals.AddRange(SlackSettings.Refusals(configuration));
        refusals.AddRange(TeamsSettings.Refusals(configuration, isDevelopment));
        var store = ReadStore(configuration, refusals);
        var playground = Switch(configuration, "Playground:Enabled", isDevelopment && store.Database == Database.Sqlite, refusals);
        if (playground && store.Database != Database.Sqlite)
        {
            refusals.Add("Playground__Enabled=true does not go with Store__Provider=postgres: the playground is a platform of one machine and keeps its messages in the SQLite file. Leave it unset, or leave Store__Provider unset.");
        }

        if (!playground && !isCommand && refusals.Count == 0 && SlackSettings.Read(configuration, new Uri(DefaultUrl)) is null && TeamsSettings.Read(configuration) is null)
        {
            refusals.Add("Nothing to run: no platform is set, and outside Development the playground runs only when switched on by name with Playground__Enabled=true.");
        }

        var url = configuration["PublicUrl"] ?? DefaultUrl;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var publicUrl) || publicUrl.Scheme is not ("http" or "https"))
        {
            refusals.Add("PublicUrl is not an http or https address: set the one under which people reach this host, for example https://pilot.example.org.");
        }
        else if (configuration["Slack:ClientId"] is { Length: > 0 } && publicUrl.Scheme != "https" && !publicUrl.IsLoopback)
        {
            refusals.Add("PublicUrl is not an https address: Slack sends the browser of whoever installs the app there, and takes no other.");
        }

        var evidence = Number(configuration, "Evidence:PostsPerMinute", 60, most: 6000, refusals);
        var kept = new KeptFor();
        kept = new KeptFor(
            Number(configuration, "Retention:AnswerTextMonths", kept.AnswerTextMonths, most: 120, refusals),
            Number(configuration, "Retention:RemovedWorkspaceDays", kept.RemovedWorkspaceDays, most: 365, refusals));
        var otlp = configuration["Otlp:Endpoint"] is { Length: > 0 } collector ? collector : null;
        if (!Uri.TryCreate(otlp ?? DefaultUrl, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.UserInfo.Length > 0)
        {
            refusals.Add("Otlp__Endpoint is not an http or https address: set the one under which the collector takes OTLP over HTTP, for example http://localhost:4318, or leave it unset. What it asks for to be let in goes in OTEL_EXPORTER_OTLP_HEADERS.");
        }

        var proxies = Guard.TrustedProxies.Read(configuration, refusals);
        if (proxies.Count > 0 && bool.TryParse(configuration["Teams:AllowUnauthenticatedOnLoopback"], out var isOpen) && isOpen)
        {
            refusals.Add("Proxy__Trusted does not go with Teams__AllowUnauthenticatedOnLoopback=true: a proxy's word would make a request one of this machine. Leave one of them unset.");
        }

        Unknown(configuration, refusals);
        return refusals.Count > 0 ? throw new RefusedConfigurationException(refusals)
            : new HostSettings(
                store, playground, publicUrl!, evidence, kept, SlackSettings.Read(configuration, publicUrl!), TeamsSettings.Read(configuration), otlp is null ? null : endpoint)
            { TrustedProxies = proxies };
    }

    private static StoreAddress ReadStore(IConfiguration configuration, List<string> refusals)
    {
        var connection = configuration["Store:ConnectionString"];
        switch (configuration["Store:Provider"] ?? "sqlite")
        {
            case "sqlite":
                return new StoreAddress(Database.Sqlite, connection is null ? "Data Source=afterpilot.db" : Sqlite(connection, refusals));
            case "postgres":
                return new StoreAddress(Database.Postgres, Postgres(connection, refusals));
            case var unknown:
                refusals.Add($"Store__Provider={unknown} is unknown: use sqlite or postgres, or leave it unset for sqlite.");
                return new StoreAddress(Database.Sqlite, "");
        }
    }

    private static string Sqlite(string connection, List<string> refusals)
    {
        try
        {
            var parsed = new SqliteConnectionStringBuilder(connection);
            if (parsed.DataSource.Length == 0 || parsed.Mode == SqliteOpenMode.Memory || parsed.DataSource == ":memory:")
            {
                refusals.Add("Store__ConnectionString names no file: set it like Data Source=/var/lib/afterpilot/afterpilot.db.");
            }
        }
        catch (ArgumentException)
        {
            refusals.Add("Store__ConnectionString cannot be read: set it like Data Source=/var/lib/afterpilot/afterpilot.db, or set Store__Provider=postgres if it is a server's.");
        }

        return connection;
    }

    private static string Postgres(string? connection, List<string> refusals)
    {
        if (StoreAddress.Postgres(connection) is { } address)
        {
            return address.ConnectionString;
        }

        refusals.Add(connection is null
            ? $"Store__Provider=postgres is set without Store__ConnectionString: set it like {StoreAddress.PostgresExample}."
            : $"Store__ConnectionString does not name a PostgreSQL server and a database: set it like {StoreAddress.PostgresExample}.");
        return "";
    }

    private static int Number(IConfiguration configuration, string key, int otherwise, int most, List<string> refusals)
    {
        if (configuration[key] is not { } text)
        {
            return otherwise;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > most)
        {
            refusals.Add($"{key.Replace(":", "__")} is not a whole number from 1 to {most}.");
        }

        return number;
    }

    private static bool Switch(IConfiguration configuration, string key, bool otherwise, List<string> refusals)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (!bool.TryParse(text, out var on))
        {
            refusals.Add($"{key.Replace(":", "__")} is neither true nor false.");
        }

        return on;
    }

    /// <summary>A misspelt key in one of our sections would otherwise be silently ignored.</summary>
    private static void Unknown(IConfiguration configuration, List<string> refusals)
    {
        string[] known =
        [
            "Store:Provider", "Store:ConnectionString", "Playground:Enabled", "Evidence:PostsPerMinute", "Retention:AnswerTextMonths", "Retention:RemovedWorkspaceDays", "Otlp:Endpoint", Guard.TrustedProxies.Key,
            .. SlackSettings.Keys, .. TeamsSettings.Keys,
        ];
        refusals.AddRange(
            from section in KnownSections
            from key in configuration.GetSection(section).GetChildren()
            where !known.Contains(key.Path, StringComparer.OrdinalIgnoreCase)
            select $"{key.Path.Replace(":", "__")} is not a setting; known in this section: {string.Join(", ", known.Where(k => k.StartsWith(section + ":", StringComparison.Ordinal)).Select(k => k.Replace(":", "__")))}.");
    }
}

/// <summary>The configuration cannot be run; the message is for the operator.</summary>
public sealed class RefusedConfigurationException(IReadOnlyList<string> refusals)
    : Exception("The configuration was refused:" + string.Concat(refusals.Select(r => $"{Environment.NewLine}  - {r}")))
{
    public IReadOnlyList<string> Refusals { get; } = refusals;
}
