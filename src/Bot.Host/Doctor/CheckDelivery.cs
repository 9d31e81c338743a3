using System.Runtime.CompilerServices;
using Bot.Checkups;
using Bot.Delivery;
using Bot.Host.Health;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Host.Doctor;

/// <summary>Do cards get out, and were some given up.</summary>
public sealed class CheckDelivery(DeliveryCheck lanes, ListDeadLetters letters, BotDb db) : ICheckup
{
    public string About => "delivery";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
        {
            yield break;
        }

        var health = await lanes.CheckHealthAsync(new HealthCheckContext(), ct);
        yield return health.Status switch
        {
            HealthStatus.Healthy => Finding.Ok(About, "no card is late"),
            HealthStatus.Degraded => Finding.Warn(About, health.Description!),
            _ => Finding.Fail(About, $"{health.Description} Is a host running? Look at its /health/ready and its log."),
        };
        var dead = await letters.RunAsync(null, ct);
        yield return dead.Count == 0 ? Finding.Ok(About, "there are no dead letters")
            : Finding.Warn(About, $"{dead.Count} dead {(dead.Count == 1 ? "letter" : "letters")}, the oldest since {dead.Min(letter => letter.Since):u}: dead-letters lists them, dead-letters resend sends them again");
    }
}
