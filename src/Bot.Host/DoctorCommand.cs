using Bot.Checkups;
using Bot.Host.Configuration;
using Bot.Host.Doctor;
using Bot.Host.Health;
using Bot.Store;

namespace Bot.Host;

/// <summary><c>doctor</c>: looks at settings, store, clock, platforms and delivery, and says what to mend. It changes nothing; the host may run meanwhile.</summary>
public static class DoctorCommand
{
    public const string Word = "doctor";

    private const int Ok = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    /// <param name="args">The program's, the word <c>doctor</c> first.</param>
    /// <param name="services">Of the host, which is not started.</param>
    /// <param name="settings">As they were read: they are in order.</param>
    /// <returns>0 nothing failed, 1 something did, 2 asked for in a way that cannot be done.</returns>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, HostSettings settings, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (args.Length > 1)
        {
            await error.WriteLineAsync("doctor takes no options. It looks at what is set in the environment, changes nothing, and ends with 1 when something fails.");
            return Misused;
        }

        await TellAsync(Finding.Ok("settings", $"can be read: {Platforms(settings)}"), output);
        var failures = 0;
        await using var scope = services.CreateAsyncScope();
        foreach (var checkup in Checkups(scope.ServiceProvider, settings))
        {
            failures += await LookAsync(checkup, output, ct);
        }

        await output.WriteLineAsync(failures == 0 ? "Nothing failed." : $"{failures} failed.");
        return failures == 0 ? Ok : Failed;
    }

    /// <summary>Where the settings themselves are refused there is nothing to look at.</summary>
    public static async Task<int> RefusedAsync(RefusedConfigurationException refused, TextWriter output)
    {
        foreach (var refusal in refused.Refusals)
        {
            await TellAsync(Finding.Fail("settings", refusal), output);
        }

        await output.WriteLineAsync($"{refused.Refusals.Count} failed. The rest was not looked at.");
        return Failed;
    }

    private static IEnumerable<ICheckup> Checkups(IServiceProvider services, HostSettings settings)
    {
        yield return settings.Store.Database == Database.Postgres
            ? ActivatorUtilities.CreateInstance<CheckPostgres>(services)
            : ActivatorUtilities.CreateInstance<CheckSqlite>(services);
        yield return ActivatorUtilities.CreateInstance<CheckDelivery>(services, ActivatorUtilities.CreateInstance<DeliveryCheck>(services));
        yield return ActivatorUtilities.CreateInstance<CheckAddress>(services, settings);
        foreach (var platform in services.GetServices<ICheckup>())
        {
            yield return platform;
        }
    }

    /// <returns>How many failed.</returns>
    private static async Task<int> LookAsync(ICheckup checkup, TextWriter output, CancellationToken ct)
    {
        var failures = 0;
        try
        {
            await foreach (var finding in checkup.LookAsync(ct))
            {
                failures += finding.Verdict == Verdict.Fail ? 1 : 0;
                await TellAsync(finding, output);
            }
        }
        catch (Exception away) when (StoreAway.Is(away))
        {
            failures++;
            await TellAsync(Finding.Fail(checkup.About, $"the store does not answer: {away.GetBaseException().Message}"), output);
        }

        return failures;
    }

    private static Task TellAsync(Finding finding, TextWriter output) => output.WriteLineAsync($"{Mark(finding.Verdict)}  {finding.About,-10}{finding.Words}");

    private static string Mark(Verdict verdict) => verdict switch { Verdict.Ok => "ok  ", Verdict.Warn => "warn", _ => "FAIL" };

    private static string Platforms(HostSettings settings) => string.Join(", ", new[]
    {
        settings.Slack is null ? null : settings.Slack.AppToken is null ? "Slack over HTTP" : "Slack over Socket Mode",
        settings.Teams is null ? null : "Microsoft Teams",
        settings.Playground ? "the playground" : null,
    }.OfType<string>());
}
