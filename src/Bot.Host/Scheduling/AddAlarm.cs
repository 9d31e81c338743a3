using Bot.Delivery;
using Bot.Host.Health;
using Bot.Store;
using Npgsql;
using Quartz;

namespace Bot.Host.Scheduling;

/// <summary>
/// Brings the alarm clock into the host: in memory, because what is due lives in the store; where hosts share a store, in the same database,
/// so that each job runs on one of them at a time and the others take over from one that died.
/// </summary>
public static class AddAlarmExtensions
{
    public static IServiceCollection AddAlarm(this IServiceCollection services, StoreAddress store)
    {
        services.AddSingleton(store);
        services.AddSingleton<QuartzAlarm>().AddSingleton<IAlarm>(provider => provider.GetRequiredService<QuartzAlarm>()).AddSingleton<Heartbeat>();
        // Stopped after the scheduler: what its last jobs said may still go out.
        services.AddSingleton<LaneBell>().AddHostedService<Lanes>();
        services.AddQuartz(quartz =>
        {
            // The alarm clock ticks by the machine's clock; what is due is judged by the product's, which the playground may move.
            quartz.UseTimeProvider(TimeProvider.System);
            var isShared = store.Database == Database.Postgres;
            if (isShared)
            {
                quartz.UsePersistentStore(shared =>
                {
                    shared.UsePostgres(NpgsqlFactory.Instance, store.ConnectionString);
                    shared.UseClustering();
                    shared.ProvisionSchema();
                    shared.ConfigureStore(options => options.StoreJobDataAsStrings = true);
                });
            }
            else
            {
                quartz.UseInMemoryStore();
            }

            // The other hosts want to know its last beat. In memory nobody does, and Quartz 4.7.3 goes round in circles when such a job's clock is moved.
            quartz.Every<LookAtWhatIsDueJob>(LookAtWhatIsDueJob.Key, TimeSpan.FromSeconds(15), keepsItsData: isShared);
            quartz.Every<ReadRostersJob>(new JobKey("read-rosters"), TimeSpan.FromSeconds(10), first: TimeSpan.FromSeconds(10));
            quartz.Every<TidyJob>(new JobKey("tidy"), TimeSpan.FromHours(1), first: TimeSpan.FromMinutes(5));
            quartz.Every<RetainJob>(RetainJob.Key, TimeSpan.FromHours(1), first: TimeSpan.FromMinutes(10));
        });
        services.AddQuartzHostedService(options =>
        {
            options.WaitForJobsToComplete = true;
            // The store is migrated before the host starts, so nothing has to wait for the pages to be up.
            options.AwaitApplicationStarted = false;
        });
        return services.AddHostedService<WakeTheAlarm>();
    }

    /// <param name="quartz">The scheduler.</param>
    /// <param name="key">The job's name.</param>
    /// <param name="pause">From one turn to the next.</param>
    /// <param name="first">When the first turn is; at once by default. What nobody waits for keeps out of the way of a start.</param>
    /// <param name="keepsItsData">What the job notes in its data is there at its next turn, on whichever host.</param>
    private static void Every<TJob>(this IQuartzBuilder quartz, JobKey key, TimeSpan pause, TimeSpan first = default, bool keepsItsData = false)
        where TJob : IJob
    {
        quartz.AddJob<TJob>(job => job.WithIdentity(key).StoreDurably().PersistJobDataAfterExecution(keepsItsData));
        quartz.AddTrigger<TJob>(trigger => trigger.WithIdentity(key.Name).ForJob(key).StartAt(TimeProvider.System.GetUtcNow() + first)
            .WithSimpleSchedule(every => every.WithInterval(pause).RepeatForever()));
    }
}
