using Bot.Links;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bot.Web.Links;

/// <summary>Brings links into a host.</summary>
public static class LinkServices
{
    private const string Application = "Afterpilot";

    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="ILinks"/> and the key ring in the store. The store must have its tables before the host starts.</summary>
        /// <param name="publicUrl">Where people reach this host; links begin with it.</param>
        public IServiceCollection AddLinks(Uri publicUrl)
        {
            services.AddRazorComponents();
            services.AddDataProtection().SetApplicationName(Application);
            return services
                .AddSingleton<StoredKeys>()
                .AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
                    new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<StoredKeys>()))
                .AddSingleton(new PublicAddress(publicUrl))
                .AddSingleton<DataProtectionLinks>()
                .AddSingleton<ILinks>(provider => provider.GetRequiredService<DataProtectionLinks>())
                .AddSingleton<Uploads>();
        }
    }
}
