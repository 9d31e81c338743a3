using System.Text.Json;
using Bot.Host.Configuration;
using Bot.Host.Guard;
using Bot.Host.Health;
using Bot.Host.Samples;
using Bot.Host.Scheduling;
using Bot.Host.Telemetry;
using Bot.Slack;
using Bot.Store;
using Bot.Teams;
using Bot.Web.Evidence;
using Bot.Web.Front;
using Bot.Web.Links;
using Bot.Web.Playground;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Host;

/// <summary>Puts the product, its store, its alarm clock and its platforms together, and runs them.</summary>
public static class AfterpilotHost
{
    private const string DefaultUrl = "http://localhost:5080";

    /// <exception cref="RefusedConfigurationException">The configuration cannot be run.</exception>
    public static async Task<int> RunAsync(string[] args)
    {
        var command = args is [ImportCommand.Word or MigrateCommand.Word or BackupCommand.Word or DeadLettersCommand.Word or DoctorCommand.Word, ..] ? args[0] : null;
        // Beside the program, not the folder it is started from: a published copy runs from anywhere.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = command is null ? args : [], ContentRootPath = AppContext.BaseDirectory });
        HostSettings settings;
        try
        {
            settings = HostSettings.Read(builder.Configuration, builder.Environment.IsDevelopment(), isCommand: command is not null and not DoctorCommand.Word);
        }
        catch (RefusedConfigurationException refused) when (command == DoctorCommand.Word)
        {
            return await DoctorCommand.RefusedAsync(refused, Console.Out);
        }

        using var stop = new CancellationTokenSource();
        if (command is not null)
        {
            builder.Logging.SetMinimumLevel(command == DoctorCommand.Word ? LogLevel.None : LogLevel.Warning);
            Console.CancelKeyPress += (_, pressed) =>
            {
                pressed.Cancel = true;
                stop.Cancel();
            };
        }

        if (command == MigrateCommand.Word)
        {
            return await MigrateCommand.RunAsync(args, settings.Store, Console.Out, Console.Error, stop.Token);
        }

        if (command == BackupCommand.Word)
        {
            return await BackupCommand.RunAsync(args, settings.Store, Console.Out, Console.Error, stop.Token);
        }

        Logging(builder);

        Services(builder, settings);
        await using var app = builder.Build();
        if (command == DoctorCommand.Word)
        {
            return await DoctorCommand.RunAsync(args, app.Services, settings, Console.Out, Console.Error, stop.Token);
        }

        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<BotDb>().Database.MigrateStoreAsync(CancellationToken.None);
        }

        if (command == ImportCommand.Word)
        {
            return await ImportCommand.RunAsync(args, app.Services, Console.Out, Console.Error, stop.Token);
        }

        if (command == DeadLettersCommand.Word)
        {
            return await DeadLettersCommand.RunAsync(args, app.Services, Console.Out, Console.Error, stop.Token);
        }

        Endpoints(app, settings);
        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop while it starts: what has started is stopped below.
        }

        await app.WaitForShutdownAsync();
        return 0;
    }

    private static void Logging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }
        else
        {
            builder.Logging.AddJsonConsole();
        }

        // Whoever asks is told by the answer; what is red for long is for them to raise.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // What cannot be reached is tried several times, and whoever asked says what became of it.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Connection", LogLevel.None);
        foreach (var chatty in new[] { "Microsoft.EntityFrameworkCore", "Quartz", "Microsoft.Extensions.Http" })
        {
            builder.Logging.AddFilter(chatty, LogLevel.Warning);
        }

        builder.Logging.KeepSecretsOut();
    }

    private static void Services(WebApplicationBuilder builder, HostSettings settings)
    {
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Services.AddGuard(new DoorLimits(), settings.TrustedProxies);
        // A page of a stranger must not reach the playground by giving our address a name of its own.
        builder.Services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", settings.PublicUrl.Host]);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(settings.Kept).AddStore(settings.Store).AddBot().AddLinks(settings.PublicUrl).AddAlarm(settings.Store)
            .AddEvidence(new EvidenceOptions { PostsPerMinute = settings.EvidencePerMinute });
        var checks = builder.Services.AddHealthChecks().AddCheck<StoreCheck>("store").AddCheck<DeliveryCheck>("delivery");
        _ = settings.Store.Database == Database.Postgres ? checks.AddCheck<SharedAlarmCheck>("alarm") : checks.AddCheck<AlarmCheck>("alarm");
        builder.Services.AddSingleton(TimeProvider.System);
        if (settings.Otlp is { } collector)
        {
            builder.Services.AddTelemetry(collector);
        }

        if (settings.Slack is { } slack)
        {
            builder.Services.AddSlack(slack, settings.Store);
        }

        if (settings.Teams is { } teams)
        {
            builder.Services.AddTeams(teams, settings.Store);
        }

        if (settings.Playground)
        {
            builder.Services.AddPlayground(new PlaygroundOptions { ConnectionString = settings.Store.ConnectionString });
            builder.Services.AddSingleton<LoadSample>().AddSingleton(LoadSample.Offer);
        }
    }

    private static void Endpoints(WebApplication app, HostSettings settings)
    {
        app.UseGuard();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteHealth });
        app.MapFront([.. Doors(settings)]);
        app.MapLinks();
        app.MapEvidence();
        if (settings.Slack is { } slack)
        {
            app.MapSlack(slack);
        }

        if (settings.Teams is not null)
        {
            app.MapTeams();
        }

        if (settings.Playground)
        {
            app.MapPlayground();
        }
    }

    private static IEnumerable<Door> Doors(HostSettings settings)
    {
        if (settings.Playground)
        {
            yield return new Door("/playground", "The playground", "a local chat page to try it in. Everybody who can open it may be anybody in it.");
        }

        if (settings.Slack is { ClientId: not null })
        {
            yield return new Door("/slack/install", "Add to Slack", "what the app asks for and why; installs it in a workspace.");
        }
    }

    private static Task WriteHealth(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString(), description = e.Value.Description }),
        }));
    }
}
