using Bot.Chat;
using Bot.Web.Playground.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Web.Playground;

/// <summary>How the playground is set up.</summary>
public sealed record PlaygroundOptions
{
    /// <summary>The SQLite file of the product's store; the playground's tables live beside the product's.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The clock that the playground's is ahead of.</summary>
    public TimeProvider SystemClock { get; init; } = TimeProvider.System;
}

/// <summary>Brings the playground into a host.</summary>
public static class PlaygroundServices
{
    private const int BusyTimeoutSeconds = 30;

    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the platform, and its clock as the host's <see cref="TimeProvider"/>. Asks of the host: <see cref="HandleInbound"/>,
        /// <see cref="Delivery.IAlarm"/>, <see cref="Loops.FindUpcoming"/>, <see cref="Catalogue"/>, and a <see cref="SamplePortfolio"/> if there is one.
        /// </summary>
        public IServiceCollection AddPlayground(PlaygroundOptions options)
        {
            var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = BusyTimeoutSeconds }.ConnectionString;
            services.AddRazorComponents();
            services.AddDbContextFactory<PlaygroundDb>((provider, store) => store
                .UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(PlaygroundDb.HistoryTable))
                .AddInterceptors(provider.GetRequiredService<Pulse>()));
            return services
                .AddSingleton<Pulse>()
                .AddSingleton(new PlaygroundClock(options.SystemClock))
                .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<PlaygroundClock>())
                .AddSingleton<PlaygroundPlatform>()
                .AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<PlaygroundPlatform>())
                .AddSingleton<TellTheProduct>()
                .AddSingleton<ShowReply>()
                .AddSingleton<ReadPage>()
                .AddSingleton<MoveClock>()
                .AddHostedService<OpenPlayground>();
        }
    }
}
